package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.store.MemoryStore;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An outbox, and a wire that notes what is sent. */
abstract class OutboxScene {

    static final InstantSource CLOCK = () -> Instant.parse("2026-01-01T00:00:00Z");

    /** Notes what is sent: {@code PUBLISH 1 a}, {@code PUBLISH 1 a again}, {@code PUBREL 1}. */
    static final class Notes implements Wire {

        private final List<String> sent = new ArrayList<>();
        OptionalInt receiveMaximum = OptionalInt.empty();
        boolean writable = true;
        boolean congested;
        boolean keepsWhatItHas;

        @Override
        public OptionalInt receiveMaximum() {
            return receiveMaximum;
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public boolean isCongested() {
            return congested;
        }

        @Override
        public boolean keepsWhatItHas() {
            return keepsWhatItHas;
        }

        @Override
        public @Nullable DropCause publish(Outgoing outgoing, boolean dup) {
            outgoing.handedOver = keepsWhatItHas;
            String payload = new String(outgoing.message.payload(), StandardCharsets.UTF_8);
            if (payload.equals("huge")) {
                return DropCause.PACKET_TOO_LARGE;
            }
            sent.add("PUBLISH " + outgoing.packetIdentifier + " " + payload + (dup ? " again" : ""));
            return null;
        }

        @Override
        public void write(Packet packet) {
            Pubrel pubrel = (Pubrel) packet;
            boolean found = pubrel.reasonCode() == ReasonCode.SUCCESS;
            sent.add("PUBREL " + pubrel.packetIdentifier() + (found ? "" : " not found"));
        }

        List<String> take() {
            List<String> taken = List.copyOf(sent);
            sent.clear();
            return taken;
        }
    }

    final List<String> dropped = new ArrayList<>();
    final Set<String> forbidden = new HashSet<>();
    final Notes wire = new Notes();
    final SessionJournal journal = new SessionJournal(new Journal(new MemoryStore()), Runnable::run);

    MessageBudget budget = new MessageBudget(Long.MAX_VALUE);

    Outbox outbox(int maxInflight, long maxInflightBytes, int maxQueued) {
        SessionSettings settings = new SessionSettings(
                false,
                true,
                maxInflight,
                maxInflightBytes,
                maxQueued,
                Long.MAX_VALUE,
                2_000_000,
                2_000_000,
                0,
                1000,
                false,
                true,
                false,
                1000,
                200,
                100,
                new Quotas(1, 1, 1, 1, 1, 1, 1, 1, 1),
                1000);
        return new Outbox(
                () -> settings,
                CLOCK,
                message -> !forbidden.contains(text(message)),
                (message, cause) -> dropped.add(text(message) + " " + cause),
                journal,
                budget);
    }

    /** To whose client {@link #wire} leads. */
    Outbox attached(int maxInflight) {
        Outbox outbox = outbox(maxInflight, Long.MAX_VALUE, 10);
        outbox.attach(wire);
        return outbox;
    }

    static void offer(Outbox outbox, Qos qos, String... payloads) {
        for (String payload : payloads) {
            outbox.offer(outgoing(payload, qos));
        }
    }

    static String text(Message message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    static Outgoing outgoing(String payload, Qos qos) {
        return outgoing(payload, qos, null);
    }

    /** A QoS 1 message that expired a second ago. */
    static Outgoing expired(String payload) {
        Message message = new Message(
                TopicName.of("t"),
                payload.getBytes(StandardCharsets.UTF_8),
                Qos.AT_LEAST_ONCE,
                false,
                PublishProperties.builder().messageExpiryIntervalSeconds(1L).build(),
                CLOCK.millis() - Duration.ofSeconds(2).toMillis(),
                "p",
                null,
                null);
        return new Outgoing(message, Qos.AT_LEAST_ONCE, false, List.of(), null);
    }

    static Outgoing outgoing(String payload, Qos qos, @Nullable TopicFilter shared) {
        Message message = new Message(
                TopicName.of("t"),
                payload.getBytes(StandardCharsets.UTF_8),
                qos,
                false,
                PublishProperties.NONE,
                0,
                "p",
                null,
                null);
        return new Outgoing(message, qos, false, List.of(), shared);
    }
}
