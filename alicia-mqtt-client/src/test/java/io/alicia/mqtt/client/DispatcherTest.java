package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private final ClientCounts counts = new ClientCounts();
    private final Dispatcher dispatcher = new Dispatcher(2, counts);
    private final TestSubscriber<String> reader = new TestSubscriber<>(0);

    @Test
    void a_retained_message_that_found_no_room_comes_when_the_server_sends_it_again() {
        subscribe();
        arrives("hall/motion", "1", false);
        arrives("hall/motion", "2", false);
        arrives("hall/lamp", "ON", true);

        reader.request(10);
        reader.assertValues("1", "2");
        arrives("hall/lamp", "ON", true);
        arrives("hall/lamp", "ON", true);

        assertThat(reader.values()).containsExactly("1", "2", "ON");
    }

    @Test
    void a_stream_that_is_behind_takes_nothing_from_the_others() {
        TestSubscriber<String> quick = new TestSubscriber<>();
        subscribe();
        subscribe("attic/+", quick);
        for (int i = 0; i < 5; i++) {
            arrives("hall/motion", "h" + i, false);
            arrives("attic/motion", "a" + i, false);
        }

        assertThat(quick.values()).containsExactly("a0", "a1", "a2", "a3", "a4");
        reader.request(10);
        assertThat(reader.values()).containsExactly("h0", "h1");
        assertThat(counts.dropped().sum()).isEqualTo(3);
    }

    @Test
    void what_is_retained_after_a_connection_was_lost_comes_although_it_was_so_before() {
        subscribe();
        reader.request(10);
        arrives("hall/lamp", "ON", true);
        arrives("hall/lamp", "OFF", false);

        dispatcher.connectionEnded();
        arrives("hall/lamp", "ON", true);

        assertThat(reader.values()).containsExactly("ON", "OFF", "ON");
    }

    @Test
    void says_how_many_messages_wait() {
        subscribe();
        arrives("hall/motion", "1", false);
        arrives("hall/motion", "2", false);
        assertThat(counts.receivedWaiting().sum()).isEqualTo(2);

        reader.request(1);

        assertThat(counts.receivedWaiting().sum()).isEqualTo(1);
    }

    private void subscribe() {
        subscribe("hall/+", reader);
    }

    private void subscribe(String filter, TestSubscriber<String> subscriber) {
        MessageFlow<String> flow = new MessageFlow<>(
                new StreamOptions(TopicFilter.of(filter), Qos.AT_MOST_ONCE, false),
                (message, taken) -> message.payload().toUtf8(),
                subscriber,
                Schedulers.trampoline().createWorker(),
                cancelled -> {});
        subscriber.onSubscribe(flow);
        dispatcher.add(flow);
    }

    private void arrives(String topic, String payload, boolean retained) {
        ApplicationMessage message = ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8(payload))
                .qos(Qos.AT_MOST_ONCE)
                .retain(retained)
                .build();
        dispatcher.onNext(new Delivery() {
            @Override
            public ApplicationMessage message() {
                return message;
            }

            @Override
            public void acknowledge() {
                // QoS 0 has no acknowledgement.
            }
        });
    }

    /** Or the server would send no more once as many are unacknowledged as this client takes. */
    @Test
    void a_message_that_no_stream_is_for_is_acknowledged() {
        subscribe();
        Arrived stray = new Arrived(
                ApplicationMessage.builder()
                        .topic(TopicName.of("attic/motion"))
                        .qos(Qos.AT_LEAST_ONCE)
                        .build(),
                new AtomicInteger());

        dispatcher.onNext(stray);

        assertThat(stray.acknowledged()).isEqualTo(1);
        assertThat(counts.unrouted().sum()).isEqualTo(1);
    }

    /** Among workers a message comes once, and a server that retains it sends the next one with the flag as well. */
    @Test
    void workers_that_share_get_what_is_retained_as_often_as_it_is_said() {
        subscribe("$share/workers/hall/+", reader);
        reader.request(10);

        arrives("hall/lamp", "ON", true);
        arrives("hall/lamp", "ON", true);

        assertThat(reader.values()).containsExactly("ON", "ON");
    }
}
