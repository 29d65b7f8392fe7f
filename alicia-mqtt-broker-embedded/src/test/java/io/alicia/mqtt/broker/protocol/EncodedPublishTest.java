package io.alicia.mqtt.broker.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One message, many subscribers. */
class EncodedPublishTest {

    private static final TopicName TOPIC = TopicName.of("a/b");
    private static final List<Qos> QOS = List.of(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE);
    private static final PublishProperties PROPERTIES = PublishProperties.builder()
            .contentType("text")
            .messageExpiryIntervalSeconds(60L)
            .addUserProperties(new UserProperty("k", "v"))
            .build();

    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final ByteBuf large = allocator.directBuffer().writeZero(5_000);
    private final EncodedPublish small =
            EncodedPublish.of(TOPIC, Unpooled.wrappedBuffer(Bytes.of("'hi'")), PublishProperties.NONE);
    private final EncodedPublish big = EncodedPublish.of(TOPIC, large, PROPERTIES);

    @AfterEach
    void everything_is_given_back() {
        small.release();
        big.release();
        assertThat(large.refCnt()).isEqualTo(1);
        large.release();
    }

    @Test
    void subscribers_with_qos_0_share_one_buffer() {
        Delivery delivery = Delivery.plain(MqttVersion.MQTT_3_1_1, Qos.AT_MOST_ONCE, false, 0);

        ByteBuf first = small.encode(delivery, allocator);
        ByteBuf second = small.encode(delivery, allocator);

        assertThat(ByteBufUtil.hexDump(first)).isEqualTo("30070003612f626869");
        first.setByte(8, '!');
        assertThat(second.getByte(8)).as("the other's view of the same byte").isEqualTo((byte) '!');
        first.release();
        second.release();
    }

    @Test
    void each_version_and_retain_flag_has_bytes_of_its_own() {
        assertThat(hex(small, Delivery.plain(MqttVersion.MQTT_5, Qos.AT_MOST_ONCE, false, 0)))
                .isEqualTo("30080003612f62006869");
        assertThat(hex(small, Delivery.plain(MqttVersion.MQTT_5, Qos.AT_MOST_ONCE, true, 0)))
                .isEqualTo("31080003612f62006869");
        assertThat(hex(small, Delivery.plain(MqttVersion.MQTT_3_1_1, Qos.AT_MOST_ONCE, true, 0)))
                .isEqualTo("31070003612f626869");
    }

    @Test
    void qos_1_and_2_have_their_own_identifier_and_dup_flag() {
        assertThat(hex(small, Delivery.plain(MqttVersion.MQTT_3_1_1, Qos.AT_LEAST_ONCE, false, 10)))
                .isEqualTo("32090003612f62000a6869");
        assertThat(hex(
                        small,
                        Delivery.plain(MqttVersion.MQTT_5, Qos.EXACTLY_ONCE, false, 11)
                                .again()))
                .isEqualTo("3c0a0003612f62000b006869");
    }

    @Test
    void identifiers_alias_and_what_is_left_of_the_expiry_are_the_subscribers_own() {
        Delivery delivery =
                new Delivery(MqttVersion.MQTT_5, Qos.AT_LEAST_ONCE, false, false, 1, List.of(1, 200), 3, true, 59L);

        assertThat(hex(small, delivery))
                .isEqualTo("32140000" + "0001" + "0d" + "230003" + "0b01" + "0bc801" + "020000003b" + "6869");
    }

    @Test
    void the_expiry_follows_the_properties_of_the_message_as_in_mosquitto() {
        EncodedPublish message = EncodedPublish.of(TOPIC, Unpooled.EMPTY_BUFFER, PROPERTIES);

        assertThat(hex(message, expiring(59)))
                .isEqualTo("30190003612f62" + "13" + "03000474657874" + "2600016b000176" + "020000003b");
        message.release();
    }

    @Test
    void a_3_1_1_subscriber_gets_nothing_of_mqtt_5() {
        Delivery delivery =
                new Delivery(MqttVersion.MQTT_3_1_1, Qos.AT_MOST_ONCE, false, false, 0, List.of(1), 3, true, 59L);

        assertThat(hex(small, delivery)).isEqualTo("30070003612f626869");
    }

    @Test
    void a_shared_packet_is_not_given_to_whom_less_time_is_left() {
        ByteBuf first = big.encode(expiring(60), allocator);
        ByteBuf same = big.encode(expiring(60), allocator);
        ByteBuf later = big.encode(expiring(50), allocator);

        assertThat(expiryOf(first)).isEqualTo(60);
        assertThat(expiryOf(same)).isEqualTo(60);
        assertThat(expiryOf(later)).isEqualTo(50);
        first.release();
        same.release();
        later.release();
    }

    @Test
    void a_large_payload_is_shared_not_copied() {
        ByteBuf packet = big.encode(Delivery.plain(MqttVersion.MQTT_5, Qos.AT_LEAST_ONCE, false, 1), allocator);

        large.setByte(large.readerIndex() + 4_999, 0x7F);

        assertThat(packet.getByte(packet.writerIndex() - 1)).isEqualTo((byte) 0x7F);
        packet.release();
    }

    @Test
    void a_small_message_holds_no_network_buffer() {
        ByteBuf network = allocator.directBuffer().writeZero(1_000);
        EncodedPublish message = EncodedPublish.of(TOPIC, network, PublishProperties.NONE);

        assertThat(network.release()).isTrue();

        assertThat(message.payload().readableBytes()).isEqualTo(1_000);
        message.release();
    }

    @Test
    void every_shape_has_the_announced_size_and_decodes_to_what_was_asked_for() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            EncodedPublish message = random.nextBoolean() ? small : big;
            Delivery delivery = delivery(random, message == big);
            ByteBuf packet = message.encode(delivery, allocator);
            ByteBuf appended = Unpooled.buffer();
            message.writeTo(delivery, appended);

            assertThat(message.size(delivery)).as("seed %d", seed).isEqualTo(packet.readableBytes());
            assertThat(appended).as("seed %d", seed).isEqualTo(packet);
            Decoded decoded = PacketDecoder.ofServer(delivery.version(), 10_000).decode(packet);
            assertThat(decoded).as("seed %d, %s", seed, delivery).isInstanceOfSatisfying(Publish.class, publish -> {
                assertThat(publish.qos()).isEqualTo(delivery.qos());
                assertThat(publish.retain()).isEqualTo(delivery.retain());
                assertThat(publish.dup()).isEqualTo(delivery.dup());
                assertThat(publish.packetIdentifier()).isEqualTo(delivery.packetIdentifier());
                assertThat(publish.payload()).isEqualTo(message.payload());
                if (delivery.version() == MqttVersion.MQTT_5) {
                    assertThat(publish.topic() == null).isEqualTo(delivery.topicOmitted());
                    assertThat(publish.topicAlias()).isEqualTo(delivery.topicAlias());
                    assertThat(publish.subscriptionIdentifiers()).isEqualTo(delivery.subscriptionIdentifiers());
                    assertThat(publish.properties().messageExpiryIntervalSeconds())
                            .isEqualTo(delivery.messageExpiryIntervalSeconds());
                    assertThat(publish.properties().userProperties())
                            .isEqualTo(message.properties().userProperties());
                }
                publish.release();
            });
            packet.release();
        }
    }

    private static Delivery delivery(SplittableRandom random, boolean expires) {
        Qos qos = QOS.get(random.nextInt(3));
        int alias = random.nextBoolean() ? 0 : random.nextInt(1, 65_536);
        return new Delivery(
                random.nextBoolean() ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1,
                qos,
                random.nextBoolean(),
                qos != Qos.AT_MOST_ONCE && random.nextBoolean(),
                qos == Qos.AT_MOST_ONCE ? 0 : random.nextInt(1, 65_536),
                random.ints(random.nextInt(3), 1, 268_435_456).boxed().toList(),
                alias,
                alias != 0 && random.nextBoolean(),
                expires ? random.nextLong(0x1_0000_0000L) : null);
    }

    private static Delivery expiring(long seconds) {
        return new Delivery(MqttVersion.MQTT_5, Qos.AT_MOST_ONCE, false, false, 0, List.of(), 0, false, seconds);
    }

    private static long expiryOf(ByteBuf packet) {
        Publish publish = (Publish) Objects.requireNonNull(
                PacketDecoder.ofServer(MqttVersion.MQTT_5, 10_000).decode(packet.duplicate()));
        publish.release();
        Long expiry = publish.properties().messageExpiryIntervalSeconds();
        return expiry == null ? -1 : expiry;
    }

    private String hex(EncodedPublish message, Delivery delivery) {
        ByteBuf packet = message.encode(delivery, allocator);
        String hex = ByteBufUtil.hexDump(packet);
        packet.release();
        return hex;
    }
}
