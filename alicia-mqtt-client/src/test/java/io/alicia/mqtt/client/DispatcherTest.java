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
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private final Dispatcher dispatcher = new Dispatcher(2, new ClientCounts());
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

    private void subscribe() {
        MessageFlow<String> flow = new MessageFlow<>(
                new StreamOptions(TopicFilter.of("hall/+"), Qos.AT_MOST_ONCE, false),
                (message, taken) -> message.payload().toUtf8(),
                reader,
                Schedulers.trampoline().createWorker(),
                cancelled -> {});
        reader.onSubscribe(flow);
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
}
