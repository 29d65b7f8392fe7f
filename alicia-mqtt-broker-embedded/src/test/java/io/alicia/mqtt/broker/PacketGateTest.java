package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.fault.CrossingPacket;
import io.alicia.mqtt.broker.fault.CrossingPacket.Direction;
import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.broker.fault.Passage;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.protocol.Qos;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketGateTest {

    private volatile Function<CrossingPacket, Passage> decision = packet -> Passage.pass();
    private final List<CrossingPacket> seen = new CopyOnWriteArrayList<>();
    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .allowAnonymous()
            .packetGate(packet -> {
                seen.add(packet);
                return decision.apply(packet);
            })
            .start();

    @AfterEach
    void stop() {
        broker.close();
    }

    private static boolean is(CrossingPacket packet, Direction direction, Kind kind) {
        return packet.direction() == direction && packet.kind() == kind;
    }

    @Test
    void sees_every_packet_with_its_client_and_topic() {
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_LEAST_ONCE)) {
            client.publish("t", "x", Qos.AT_MOST_ONCE, false, 0);
            client.receivePublish();
        }

        assertThat(seen)
                .extracting(packet -> packet.direction() + " " + packet.kind() + " " + packet.clientIdentifier() + " "
                        + packet.topic())
                .startsWith(
                        "FROM_CLIENT CONNECT c null",
                        "TO_CLIENT CONNACK c null",
                        "FROM_CLIENT SUBSCRIBE c null",
                        "TO_CLIENT SUBACK c null",
                        "FROM_CLIENT PUBLISH c t",
                        "TO_CLIENT PUBLISH c t");
    }

    @Test
    void drops_an_acknowledgement_so_that_the_message_is_sent_again() {
        decision = packet -> is(packet, Direction.FROM_CLIENT, Kind.PUBACK) ? Passage.drop() : Passage.pass();
        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(100));
            client.subscribed("t", Qos.AT_LEAST_ONCE);
            client.publish("t", "x", Qos.AT_LEAST_ONCE, false, 1);
            Publish publish = client.receivePublish();
            client.receive(Puback.class);
            client.send(new Puback(publish.packetIdentifier()));
            client.ping();
        }

        try (RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(100));
            Publish again = client.receivePublish();
            assertThat(again.dup()).isTrue();
            assertThat(text(again)).isEqualTo("x");
        }
    }

    @Test
    void drops_a_message_from_a_client() {
        decision = packet -> is(packet, Direction.FROM_CLIENT, Kind.PUBLISH) ? Passage.drop() : Passage.pass();
        try (RawClient client = RawClient.v5(broker).connected("c").subscribed("t", Qos.AT_LEAST_ONCE)) {
            client.publish("t", "x", Qos.AT_LEAST_ONCE, false, 1);

            client.expectNothingMore();
        }
    }

    @Test
    void holds_packets_up_in_their_order() {
        CompletableFuture<Void> in = new CompletableFuture<>();
        CompletableFuture<Void> out = new CompletableFuture<>();
        decision = packet -> {
            if (is(packet, Direction.FROM_CLIENT, Kind.SUBSCRIBE)) {
                return Passage.holdUntil(in);
            }
            return is(packet, Direction.TO_CLIENT, Kind.SUBACK) ? Passage.holdUntil(out) : Passage.pass();
        };
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.sendHex("82 07 00 0A 00 00 01 74 00 30 05 00 01 74 00 78");
            in.complete(null);
            out.complete(null);

            client.receive(io.alicia.mqtt.broker.protocol.Suback.class);
            assertThat(text(client.receivePublish())).isEqualTo("x");
        }
    }

    @Test
    void cuts_a_connection_without_a_word() {
        decision = packet -> is(packet, Direction.TO_CLIENT, Kind.PUBACK) ? Passage.cut() : Passage.pass();
        try (RawClient client = RawClient.v5(broker).connected("c")) {
            client.publish("t", "x", Qos.AT_LEAST_ONCE, false, 1);

            client.expectClosed();
        }
    }
}
