package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Things to keep: plain ones, and random ones of every shape. */
final class Samples {

    private static final List<String> TEXTS = List.of(
            "a", "A", "a/b", "a//b", "/", "ä", "\uD83D\uDE00", "a ", " a", "a\u0001", "1", "01", "x".repeat(400));

    private static final List<Qos> QOS = List.of(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE);
    private static final List<StoredOutgoing.Stage> STAGES =
            List.of(StoredOutgoing.Stage.WAITING, StoredOutgoing.Stage.PUBLISHED, StoredOutgoing.Stage.RELEASED);

    private Samples() {}

    static StoredSession session(long number) {
        return new StoredSession(number, "client-" + number, null, "tcp:1883", 3600, StoredSession.CONNECTED, 0, null);
    }

    static StoredMessage message(String topic, String payload) {
        return new StoredMessage(
                TopicName.ofReceived(topic),
                BinaryData.ofUtf8(payload),
                Qos.AT_LEAST_ONCE,
                false,
                PublishProperties.NONE,
                1_000,
                "publisher",
                null,
                "tcp:1883");
    }

    static StoredOutgoing waiting(long sequence, long messageNumber, StoredMessage message) {
        return new StoredOutgoing(
                sequence,
                messageNumber,
                message,
                message.qos(),
                false,
                List.of(),
                null,
                StoredOutgoing.Stage.WAITING,
                0,
                0);
    }

    static String text(RandomGenerator random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static @Nullable String textOrNull(RandomGenerator random) {
        return random.nextBoolean() ? text(random) : null;
    }

    static TopicName topic(RandomGenerator random) {
        return TopicName.ofReceived(text(random) + "/" + random.nextInt(20));
    }

    private static BinaryData data(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(70_000) : random.nextInt(100)];
        random.nextBytes(bytes);
        return BinaryData.wrap(bytes);
    }

    static Qos qos(RandomGenerator random) {
        return QOS.get(random.nextInt(3));
    }

    static PublishProperties properties(RandomGenerator random) {
        if (random.nextBoolean()) {
            return PublishProperties.NONE;
        }
        PublishProperties.Builder builder = PublishProperties.builder();
        if (random.nextBoolean()) {
            builder.payloadFormatIndicator(
                    random.nextBoolean() ? PayloadFormat.UTF_8 : PayloadFormat.UNSPECIFIED_BYTES);
        }
        if (random.nextBoolean()) {
            builder.messageExpiryIntervalSeconds(random.nextLong(0xFFFF_FFFFL + 1));
        }
        if (random.nextBoolean()) {
            builder.correlationData(data(random));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            builder.addUserProperties(new UserProperty(text(random), text(random)));
        }
        PublishProperties usual = builder.contentType(textOrNull(random))
                .responseTopic(textOrNull(random))
                .build();
        return random.nextBoolean() ? usual : inAnotherOrder(random, usual);
    }

    private static PublishProperties inAnotherOrder(RandomGenerator random, PublishProperties usual) {
        List<Integer> order = new ArrayList<>();
        if (usual.payloadFormatIndicator() != null) {
            order.add(0x01);
        }
        if (usual.contentType() != null) {
            order.add(0x03);
        }
        if (usual.responseTopic() != null) {
            order.add(0x08);
        }
        if (usual.correlationData() != null) {
            order.add(0x09);
        }
        usual.userProperties().forEach(userProperty -> order.add(0x26));
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        return PublishProperties.builder().from(usual).order(order).build();
    }

    static StoredMessage message(RandomGenerator random, TopicName topic) {
        return new StoredMessage(
                topic,
                data(random),
                qos(random),
                random.nextBoolean(),
                properties(random),
                random.nextLong(),
                textOrNull(random),
                textOrNull(random),
                textOrNull(random));
    }

    static StoredSession session(RandomGenerator random, long number) {
        Will will = random.nextBoolean()
                ? null
                : new Will(
                        topic(random),
                        data(random),
                        qos(random),
                        random.nextBoolean(),
                        random.nextLong(0xFFFF_FFFFL + 1),
                        properties(random));
        return new StoredSession(
                number,
                text(random),
                textOrNull(random),
                text(random),
                random.nextLong(0xFFFF_FFFFL + 1),
                random.nextLong(),
                random.nextInt(65_536),
                will);
    }

    static StoredSubscription subscription(RandomGenerator random) {
        String filter = text(random) + (random.nextBoolean() ? "/+" : "/#");
        boolean shared = random.nextInt(4) == 0;
        return new StoredSubscription(
                TopicFilter.ofReceived(shared ? "$share/group/" + filter : filter),
                qos(random),
                !shared && random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(268_435_456),
                random.nextInt(4) == 0 ? 1 + random.nextLong(Long.MAX_VALUE) : 0);
    }

    static StoredOutgoing outgoing(RandomGenerator random, long sequence, long messageNumber, StoredMessage message) {
        List<Integer> identifiers = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            identifiers.add(random.nextInt(268_435_456));
        }
        return new StoredOutgoing(
                sequence,
                messageNumber,
                message,
                qos(random),
                random.nextBoolean(),
                identifiers,
                random.nextInt(4) == 0 ? TopicFilter.ofReceived("$share/g/" + text(random)) : null,
                STAGES.get(random.nextInt(3)),
                random.nextInt(65_536),
                random.nextLong());
    }
}
