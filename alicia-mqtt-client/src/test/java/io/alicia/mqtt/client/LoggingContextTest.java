package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.topic.TopicName;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** What a line that a handler logs can say by itself: which client, and which topic. */
@Timeout(30)
class LoggingContextTest {

    private static final TopicTemplate<String> NOTES = TopicTemplate.of("story/{room}/note");

    private final FakeTransport transport = new FakeTransport();
    private final List<Map<String, String>> seen = new CopyOnWriteArrayList<>();
    private AliciaMqttClient alicia;

    @BeforeEach
    void start() {
        alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .clientIdentifier("hall-panel")
                .transport(transport.provider())
                .start();
    }

    @AfterEach
    void close() {
        alicia.close();
    }

    @Test
    void names_client_and_topic_where_a_message_is_handled() {
        Disposable handling = alicia.topic(NOTES, PayloadCodec.text())
                .onMessage(note -> Completable.fromAction(() -> seen.add(context())));

        arrives("story/hall/note");
        arrives("story/attic/note");

        Awaitility.await().until(() -> seen.size() == 2);
        assertThat(seen)
                .containsExactly(
                        Map.of("mqtt.client", "hall-panel", "mqtt.topic", "story/hall/note"),
                        Map.of("mqtt.client", "hall-panel", "mqtt.topic", "story/attic/note"));
        handling.dispose();
    }

    @Test
    void names_the_client_and_no_topic_of_an_earlier_message_elsewhere() {
        Disposable handling =
                alicia.topic(NOTES, PayloadCodec.text()).messages().subscribe(note -> seen.add(context()));
        arrives("story/hall/note");
        Awaitility.await().until(() -> seen.size() == 1);

        Disposable watching = alicia.connectionStates().subscribe(state -> seen.add(context()));

        Awaitility.await().until(() -> seen.size() == 2);
        assertThat(seen.get(0)).containsEntry("mqtt.topic", "story/hall/note");
        assertThat(seen.get(1)).isEqualTo(Map.of("mqtt.client", "hall-panel"));
        handling.dispose();
        watching.dispose();
    }

    private static Map<String, String> context() {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return context == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }

    private void arrives(String topic) {
        ApplicationMessage message = ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8("x"))
                .build();
        transport.arriving.onNext(new Delivery() {
            @Override
            public ApplicationMessage message() {
                return message;
            }

            /** Nothing of a logging context hangs on it. */
            @Override
            public void acknowledge() {}
        });
    }
}
