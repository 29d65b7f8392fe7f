package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.processors.BehaviorProcessor;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server with one client, in memory; for one thread. */
final class MemoryLink implements HomeAssistantLink {

    private final Map<TopicName, ApplicationMessage> retained = new LinkedHashMap<>();
    private final List<ApplicationMessage> published = new ArrayList<>();
    private final PublishProcessor<ApplicationMessage> bus = PublishProcessor.create();
    private final BehaviorProcessor<Boolean> connected = BehaviorProcessor.createDefault(false);
    private final List<CompletableSubject> held = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private boolean holding;
    private AccessPolicy policy = AccessPolicy.unrestricted();

    @Override
    public Flowable<ApplicationMessage> messages(List<TopicFilter> filters, Qos qos) {
        return Flowable.defer(() -> Flowable.fromIterable(List.copyOf(retained.values()))
                .concatWith(bus.onBackpressureBuffer())
                .filter(message -> filters.stream().anyMatch(filter -> filter.matches(message.topic()))));
    }

    @Override
    public Completable publish(ApplicationMessage message) {
        return Completable.defer(() -> {
            if (holding) {
                CompletableSubject answer = CompletableSubject.create();
                held.add(answer);
                return answer;
            }
            if (refused.contains(message.topic().value())) {
                return Completable.error(new IllegalStateException("0x87 for " + message.topic()));
            }
            deliver(message);
            return Completable.complete();
        });
    }

    @Override
    public Optional<Decision> refusal(Access access, TopicName topic) {
        return Optional.of(policy.decide("hall", "hall-1", access, topic)).filter(Decision::denied);
    }

    /** From now on the client knows what its account {@code hall} may do. */
    void policy(AccessPolicy known) {
        policy = known;
    }

    private void deliver(ApplicationMessage message) {
        published.add(message);
        if (message.retain()) {
            if (message.payload().isEmpty()) {
                retained.remove(message.topic());
            } else {
                retained.put(message.topic(), message);
            }
        }
        bus.onNext(message.toBuilder().retain(false).build());
    }

    /** Somebody else publishes. */
    void others(String topic, String payload, boolean retain) {
        deliver(ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8(payload))
                .retain(retain)
                .build());
    }

    @Override
    public Flowable<Boolean> connected() {
        return connected.toObservable().toFlowable(BackpressureStrategy.BUFFER);
    }

    void connect() {
        connected.onNext(true);
    }

    void disconnect() {
        connected.onNext(false);
    }

    /** From now on answers to what is published are held back. */
    void hold() {
        holding = true;
    }

    /** From now on nothing is taken for a topic. */
    void refuse(String topic) {
        refused.add(topic);
    }

    /** From now on all is taken. */
    void takeAgain() {
        refused.clear();
    }

    int heldBack() {
        return held.size();
    }

    /** Takes what was published since the last call, as topic, blank, payload. */
    List<String> taken() {
        List<String> lines = published.stream()
                .map(message -> message.topic() + " " + message.payload().toUtf8())
                .toList();
        published.clear();
        return lines;
    }

    Optional<ApplicationMessage> retained(String topic) {
        return Optional.ofNullable(retained.get(TopicName.of(topic)));
    }
}
