package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.protocol.MqttVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What was sent and what was acknowledged, in the order in which that happened. */
final class CrashModel {

    static final int TOPICS = 4;

    private final int port;
    private final Map<String, CrashMessage> messages = new HashMap<>();
    private final List<CrashMessage> retained = new ArrayList<>();
    private volatile boolean doomed;
    private long now;

    CrashModel(int port) {
        this.port = port;
    }

    /** The number in {@code t/NUMBER/…}. */
    static int number(String topic) {
        return Integer.parseInt(topic.split("/", 3)[1]);
    }

    static String topicOf(Publish publish) {
        return Objects.requireNonNull(publish.topic(), "a PUBLISH without alias has a topic")
                .value();
    }

    CrashLink link() {
        return new CrashLink(port, () -> doomed);
    }

    /** Whether the broker is about to be killed. */
    void doomed(boolean is) {
        doomed = is;
    }

    boolean isDoomed() {
        return doomed;
    }

    long now() {
        now++;
        return now;
    }

    CrashMessage sent(CrashMessage message) {
        if (message.retain) {
            retained.add(message);
        } else {
            messages.put(message.payload, message);
        }
        return message;
    }

    CrashMessage message(String payload) {
        return Optional.ofNullable(messages.get(payload))
                .orElseThrow(() -> new AssertionError("nobody sent '" + payload + "'"));
    }

    Collection<CrashMessage> messages() {
        return messages.values();
    }

    /** What may be retained for a topic: the last that was acknowledged, or anything sent after it; "" for nothing. */
    List<String> mayBeRetained(String topic) {
        List<String> payloads = new ArrayList<>(List.of(""));
        for (CrashMessage message : retained) {
            if (message.topic.equals(topic)) {
                if (message.isAcknowledged()) {
                    payloads.clear();
                }
                payloads.add(message.payload);
            }
        }
        return payloads;
    }

    Connect connect(String clientIdentifier, boolean cleanStart, long expirySeconds, Optional<Will> will) {
        return new Connect(
                MqttVersion.MQTT_5,
                false,
                clientIdentifier,
                cleanStart,
                0,
                null,
                null,
                will.orElse(null),
                RawClient.expiry(expirySeconds));
    }
}
