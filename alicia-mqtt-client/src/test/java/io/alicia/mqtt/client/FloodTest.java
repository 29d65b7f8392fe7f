package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.OfflineQueue.WhenFull;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.PublishOutcome;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More is published at once than there is time for. */
class FloodTest extends OutboxStory {

    private static final int FLOOD = 20 * Lane.SHARE;

    private final Queue<Runnable> relief = new ArrayDeque<>();
    private final Lane lane = new Lane(relief::add);

    @Test
    void an_acknowledgement_makes_room_for_the_next_message_before_the_flood_is_through() {
        Outbox outbox = outbox(lane, new OfflineQueue(FLOOD, 1_000_000, WhenFull.REJECT));
        FakeConnection connection = connect(outbox, 1);
        publish(outbox, "under way", Qos.AT_LEAST_ONCE);
        publish(outbox, "next", Qos.AT_LEAST_ONCE);

        lane.execute(() -> {
            IntStream.range(0, FLOOD).forEach(i -> publish(outbox, "flood", Qos.AT_LEAST_ONCE));
            connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);
        });

        assertThat(relief).as("the flood is not through").isNotEmpty();
        assertThat(payloads(connection)).containsExactly("under way", "next");
    }
}
