package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.Outgoing.Place;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingsTest extends OutboxStory {

    /** The disk refused it, and it was sent while that was found out. */
    @Test
    void says_nothing_of_what_is_under_way_when_the_disk_does_not_have_it() {
        ClientCounts counts = new ClientCounts();
        OutboxQueue queue = new OutboxQueue(OfflineQueue.DEFAULT, counts);
        Lane lane = new Lane(Runnable::run);
        Endings endings =
                new Endings(lane, time, queue, OutboxStore.NONE, new Handshakes(lane, OutboxStore.NONE), counts);
        TestObserver<PublishResult> result = new TestObserver<>();
        Outgoing sent = new Outgoing(
                message("a", Qos.AT_LEAST_ONCE), new Outgoing.Accepted(0, 0), Long.MAX_VALUE, result, Runnable::run);
        result.onSubscribe(sent);
        sent.place(Place.IN_FLIGHT);

        endings.tellKept(List.of(sent), new PublishResult.Queued(), new PublishResult.Expired(), told -> {});
        result.assertEmpty();
        endings.end(sent, new PublishResult.Unconfirmed("gone"));

        assertThat(result.values()).containsExactly(new PublishResult.Unconfirmed("gone"));
    }
}
