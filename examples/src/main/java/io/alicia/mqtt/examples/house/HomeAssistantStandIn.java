package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.codec.AliciaMessage;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.topic.AliciaTopics;
import io.alicia.mqtt.topic.NoLevels;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.processors.PublishProcessor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Home Assistant's side of the house: sees everything that moves, as typed events, whoever sent it; judges discovery
 * messages as Home Assistant would; says {@code online} when it comes.
 */
final class HomeAssistantStandIn implements AutoCloseable {

    private static final String NAME = "home_assistant";

    private final AliciaMqtt alicia;
    private final AliciaMessages messages;
    private final DiscoveryChecker checker;
    private final Narrator narrator;
    private final CompositeDisposable streams = new CompositeDisposable();
    private final FlowableProcessor<String> told =
            PublishProcessor.<String>create().toSerialized();

    /** Topics of the discovery messages that hold, whoever sent them and when. */
    private final Set<String> announced = ConcurrentHashMap.newKeySet();

    private final FlowableProcessor<String> announcements =
            PublishProcessor.<String>create().toSerialized();

    HomeAssistantStandIn(AliciaMqtt alicia, AliciaMessages messages, DiscoveryChecker checker, Narrator narrator) {
        this.alicia = alicia;
        this.messages = messages;
        this.checker = checker;
        this.narrator = narrator;
    }

    /** Watches every topic of the house and says that it is there. */
    Completable starts() {
        messages.all().stream()
                .filter(kind -> !kind.topic().equals(AliciaTopics.HOME_ASSISTANT_STATUS))
                .forEach(this::watch);
        discovery(AliciaTopics.DISCOVERY.template());
        discovery(AliciaTopics.DISCOVERY_OF_NODE.template());
        discovery(AliciaTopics.DEVICE_DISCOVERY.template());
        streams.add(alicia.decodingErrors()
                .subscribe(error -> narrator.refusal(NAME, "cannot read " + error.topic() + ": " + error.reason())));
        return alicia.subscribed()
                .andThen(alicia.topic(messages.homeAssistantStatus()).publish(NoLevels.NONE, Availability.ONLINE));
    }

    /** Completes when it has told of something new on each of {@code topics}. */
    Completable sees(Set<String> topics) {
        return told.filter(topics::contains).distinct().take(topics.size()).ignoreElements();
    }

    /**
     * Completes when there is an announcement on each of {@code topics}. It may be an old one: on a server that keeps
     * what it was told, who announces the house has nothing new to say of a device that is known there.
     */
    Completable knows(Set<String> topics) {
        // Listens before it looks: what comes in between is not missed.
        return Flowable.merge(announcements, Flowable.just("what is known so far"))
                .filter(any -> announced.containsAll(topics))
                .take(1)
                .ignoreElements();
    }

    private <T, P> void watch(AliciaMessage<T, P> kind) {
        streams.add(alicia.topic(kind).messages().subscribe(this::tell));
    }

    private <T, P> void tell(Received<T, P> received) {
        Object payload = received.payload() instanceof MaybeEnveloped<?> maybe ? maybe.payload() : received.payload();
        String shown = payload instanceof byte[] bytes ? bytes.length + " bytes of audio" : readable(payload);
        narrator.aside(
                NAME,
                "sees " + shown + (received.isRetained() ? " (retained)" : ""),
                received.topic().value());
        if (!received.isRetained()) {
            told.onNext(received.topic().value());
        }
    }

    /** The typed value; unknown fields only where there are some. */
    private static String readable(Object payload) {
        return payload.toString().replace(", additional={}", "").replace("{additional={}}", "{}");
    }

    private <T> void discovery(TopicTemplate<T> template) {
        streams.add(alicia.topic(template, PayloadCodec.text()).messages().subscribe(received -> {
            String topic = received.topic().value();
            narrator.aside(NAME, judgement(checker.check(topic, received.payload())), topic);
            if (received.payload().isEmpty()) {
                announced.remove(topic);
            } else {
                announced.add(topic);
                announcements.onNext(topic);
            }
        }));
    }

    private static String judgement(CheckResult result) {
        String components = result.components().stream()
                .map(component -> component.id().orElse(component.component()))
                .collect(Collectors.joining(", "));
        return result.problems().isEmpty()
                ? "has got to know " + (components.isEmpty() ? result.verdict().word() : components)
                : "refuses a discovery message: " + result.problems();
    }

    /** Stops listening. */
    @Override
    public void close() {
        streams.dispose();
    }
}
