package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Large packets of many clients at once: they have their turn, so that all together take no more memory than there is. */
class LargePacketTest {

    private static final int ROOM = 100_000;
    private static final int PAYLOAD = 80_000;
    private static final byte[] PUBLISH = RawClient.publishBytes(PAYLOAD);

    private final TestTime time = new TestTime();
    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .allowAnonymous()
            .time(time, time)
            .configure(config -> config.maxIncomingBytes(ROOM).workerThreads(1))
            .start();
    private final RawClient first = RawClient.v5(broker).connected("first");
    private final RawClient second = RawClient.v5(broker).connected("second");
    private final RawClient neighbour = RawClient.v5(broker).connected("neighbour");

    @AfterEach
    void stop() {
        first.close();
        second.close();
        neighbour.close();
        broker.close();
    }

    private static byte[] part(int from, int to) {
        return Arrays.copyOfRange(PUBLISH, from, to);
    }

    /** What was sent before has been read, if anybody reads it. */
    private void settle() {
        for (int i = 0; i < 5; i++) {
            neighbour.ping();
        }
    }

    private void firstBegins() {
        first.sendBytes(part(0, 40_000));
        await().until(() -> broker.counters().bytesReceived().sum() > 40_000);
    }

    @Test
    void arrive_one_after_the_other_where_there_is_no_room_for_both() {
        firstBegins();
        second.sendBytes(PUBLISH);
        settle();
        assertThat(second.hasAnswer()).isFalse();
        assertThat(broker.counters().bytesReceived().sum()).isLessThan(40_000 + PAYLOAD);
        neighbour.publishAndAwait("t", "small", Qos.AT_LEAST_ONCE, false);

        first.sendBytes(part(40_000, PUBLISH.length));

        assertThat(first.receive(Puback.class).reasonCode().isError()).isFalse();
        assertThat(second.receive(Puback.class).reasonCode().isError()).isFalse();
        second.ping();
    }

    @Test
    void whose_sender_is_gone_leave_their_room_to_others() {
        firstBegins();
        second.sendBytes(PUBLISH);
        settle();

        first.close();

        second.receive(Puback.class);
    }

    @Test
    void that_take_too_long_while_others_wait_end_their_connection() {
        firstBegins();
        settle();
        time.pass(Duration.ofSeconds(31));
        settle();
        assertThat(first.hasAnswer()).as("as long as nobody waits").isFalse();
        second.sendBytes(PUBLISH);
        settle();
        assertThat(second.hasAnswer()).isFalse();

        time.pass(Duration.ofSeconds(30));

        assertThat(first.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        second.receive(Puback.class);
    }

    @Test
    void for_which_there_would_never_be_room_are_refused_and_clients_know() {
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c").properties().maximumPacketSizeBytes())
                    .isEqualTo(ROOM);
            // 100,001 bytes
            client.sendHex("30 9D 8D 06");

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
        }
    }

    @Test
    void of_many_clients_all_arrive() {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawClient client = RawClient.v5(broker).connected("c" + i);
                clients.add(client);
                client.sendBytes(part(0, 20_000));
            }
            for (RawClient client : clients) {
                client.sendBytes(part(20_000, PUBLISH.length));
            }
            for (RawClient client : clients) {
                client.receive(Puback.class);
                client.ping();
            }
        } finally {
            clients.forEach(RawClient::close);
        }
    }
}
