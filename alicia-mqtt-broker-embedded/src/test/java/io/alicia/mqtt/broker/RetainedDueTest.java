package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.store.Change;
import io.alicia.mqtt.broker.store.FileStore;
import io.alicia.mqtt.broker.store.StoreException;
import io.alicia.mqtt.broker.store.StoredMessage;
import io.alicia.mqtt.broker.store.StoredOutgoing;
import io.alicia.mqtt.broker.store.StoredSession;
import io.alicia.mqtt.broker.store.StoredSubscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that finds a session whose retained messages were being offered when it was killed: three are retained, one of
 * them waits for the client already, and so does what was published after SUBACK.
 */
class RetainedDueTest {

    private static final long SESSION = 1;
    private static final long LAST_BEFORE_SUBSCRIBE = 10;

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void leave_a_file_behind() throws StoreException {
        file = directory.resolve("mosquitto.db");
        try (FileStore store = FileStore.open(file)) {
            for (String topic : List.of("t/1", "t/2", "t/3")) {
                store.record(new Change.Retained(TopicName.of(topic), () -> message(topic, "old", true)));
            }
            store.record(new Change.SessionPut(
                    new StoredSession(SESSION, "c", null, "tcp:0", 3600, StoredSession.CONNECTED, 0, null)));
            store.record(new Change.Subscribed(
                    SESSION,
                    new StoredSubscription(
                            TopicFilter.of("t/#"), Qos.AT_LEAST_ONCE, false, false, 7, LAST_BEFORE_SUBSCRIBE)));
            store.record(waiting(1, LAST_BEFORE_SUBSCRIBE - 1, message("t/2", "old", true), true));
            store.record(waiting(2, LAST_BEFORE_SUBSCRIBE + 1, message("t/3", "later", false), false));
        }
    }

    private static StoredMessage message(String topic, String payload, boolean retain) {
        return new StoredMessage(
                TopicName.of(topic),
                BinaryData.ofUtf8(payload),
                Qos.AT_LEAST_ONCE,
                retain,
                PublishProperties.NONE,
                1_000,
                "publisher",
                null,
                "tcp:0");
    }

    private static Change waiting(long sequence, long number, StoredMessage message, boolean retain) {
        return new Change.OutgoingPut(
                SESSION,
                new StoredOutgoing(
                        sequence,
                        number,
                        message,
                        Qos.AT_LEAST_ONCE,
                        retain,
                        List.of(7),
                        null,
                        StoredOutgoing.Stage.WAITING,
                        0,
                        0));
    }

    private EmbeddedBroker started() {
        return EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .persistence(file)
                .configure(config -> config.maxQueuedMessages(3))
                .start();
    }

    private static List<String> received(RawClient client, int count) {
        List<String> received = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Publish publish = client.receivePublish();
            client.send(new Puback(publish.packetIdentifier()));
            received.add(publish.topic() + " " + text(publish) + (publish.retain() ? " retained" : ""));
        }
        client.expectNothingMore();
        return received;
    }

    @Test
    void offers_what_the_session_has_not_and_then_what_came_later() {
        try (EmbeddedBroker broker = started();
                RawClient publisher = RawClient.v5(broker).connected("p")) {
            publisher.publishAndAwait("t/1", "new", Qos.AT_LEAST_ONCE, true);

            try (RawClient client = RawClient.v5(broker)) {
                assertThat(client.connect("c", false, expiry(3600)).sessionPresent())
                        .isTrue();
                List<String> received = received(client, 4);
                assertThat(received).startsWith("t/2 old retained", "t/3 old retained");
                assertThat(received.subList(2, 4)).containsExactly("t/3 later", "t/1 new");
            }
        }
    }

    @Test
    void offers_nothing_twice_to_who_left_again() {
        try (EmbeddedBroker broker = started();
                RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(3600));
            assertThat(received(client, 4))
                    .containsExactlyInAnyOrder("t/2 old retained", "t/1 old retained", "t/3 old retained", "t/3 later");
        }
        try (EmbeddedBroker broker = started();
                RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(3600));
            client.expectNothingMore();
        }
    }

    @Test
    void goes_on_offering_after_one_more_start() {
        started().close();

        try (EmbeddedBroker broker = started();
                RawClient client = RawClient.v5(broker)) {
            client.connect("c", false, expiry(3600));
            assertThat(received(client, 4)).last().isEqualTo("t/3 later");
        }
    }

    @Test
    void offers_nothing_to_who_begins_anew() {
        try (EmbeddedBroker broker = started();
                RawClient client = RawClient.v5(broker)) {
            client.connect("c", true, expiry(3600));
            client.expectNothingMore();
        }
    }
}
