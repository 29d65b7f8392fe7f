package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.protocol.Qos;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the broker owes a subscriber, or several that share, and what of it has come. */
final class CrashPromises {

    private static final long OPEN = Long.MAX_VALUE;

    private record Span(int topic, long from, long to) {

        boolean covers(CrashMessage message) {
            return CrashModel.number(message.topic) == topic
                    && from < message.sentAt
                    && message.isAcknowledged()
                    && message.acknowledgedAt < to;
        }
    }

    private final CrashModel model;
    private final String name;
    private final Qos qos;
    private final List<Span> spans = new ArrayList<>();
    private final Set<Integer> asked = new HashSet<>();
    private final Set<String> received = new HashSet<>();
    private final Map<String, Long> lastInOrder = new HashMap<>();
    private long forgottenBefore;

    CrashPromises(CrashModel model, String name, Qos qos) {
        this.model = model;
        this.name = name;
        this.qos = qos;
    }

    Qos qos() {
        return qos;
    }

    boolean isOn(int topic) {
        return spans.stream().anyMatch(span -> span.topic() == topic && span.to() == OPEN);
    }

    /** SUBSCRIBE goes out: messages may come. */
    void ask(int topic) {
        asked.add(topic);
    }

    /** SUBACK has come: messages have to come. */
    void begin(int topic, long now) {
        if (!isOn(topic)) {
            spans.add(new Span(topic, now, OPEN));
        }
    }

    /** UNSUBSCRIBE goes out. */
    void end(int topic, long now) {
        spans.replaceAll(span -> span.topic() == topic && span.to() == OPEN ? new Span(topic, span.from(), now) : span);
    }

    /** CONNECT with Clean Start goes out: what has not come yet need not come. */
    void endAll() {
        spans.clear();
    }

    /** CONNACK to it has come: what was acknowledged before must not come. */
    void forgetsBefore(long now) {
        asked.clear();
        forgottenBefore = now;
    }

    void received(String who, String topic, String payload, Qos delivered) {
        assertThat(asked).as("%s asked for what it is sent on %s", who, topic).contains(CrashModel.number(topic));
        CrashMessage message = model.message(payload);
        assertThat(message.topic).as("topic of %s", payload).isEqualTo(topic);
        boolean first = received.add(payload);
        if (delivered == Qos.EXACTLY_ONCE) {
            assertThat(first)
                    .as("%s comes to %s for the first time", message, who)
                    .isTrue();
        }
        if (message.isAcknowledged()) {
            assertThat(message.acknowledgedAt)
                    .as("%s comes to %s, which began anew after that was acknowledged", message, who)
                    .isGreaterThan(forgottenBefore);
        }
        if (first && delivered == Qos.EXACTLY_ONCE) {
            Long before = lastInOrder.put(topic, message.sentAt);
            assertThat(before == null || before < message.sentAt)
                    .as("%s comes to %s in its order", message, who)
                    .isTrue();
        }
    }

    /** {@return what should have come and has not} */
    List<CrashMessage> missing() {
        return model.messages().stream()
                .filter(message -> spans.stream().anyMatch(span -> span.covers(message)))
                .filter(message -> !received.contains(message.payload))
                .toList();
    }

    boolean has(String payload) {
        return received.contains(payload);
    }

    @Override
    public String toString() {
        return name + " " + spans;
    }
}
