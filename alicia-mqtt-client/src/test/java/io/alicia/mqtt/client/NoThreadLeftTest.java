package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose last deed is to close its client ends then: no thread of it or of what it uses has anything left to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class NoThreadLeftTest {

    private static final TopicTemplate<String> ROOMS = TopicTemplate.of("story/{room}/note");

    /** More than enough for the last instruction of one that has told of its end, and less than Netty's own thread stays. */
    private static final long LAST_INSTRUCTION_MILLIS = 500;

    private Mosquitto mosquitto;

    @BeforeAll
    void startServer() {
        mosquitto = Mosquitto.start();
    }

    @AfterAll
    void stopServer() {
        mosquitto.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT_3_1_1", "MQTT_5"})
    void is_left_by_a_client_that_has_done_all_it_can(MqttVersion version, @TempDir Path directory)
            throws InterruptedException {
        live(version, directory.resolve("first.mv")); // what is there once for all clients of the JVM
        Set<Thread> before = threadsOfNobodyElse();

        live(version, directory.resolve("second.mv"));

        assertThat(left(before)).isEmpty();
    }

    @Test
    void is_left_by_a_client_that_finds_no_server() throws InterruptedException {
        Set<Thread> before = threadsOfNobodyElse();
        AliciaMqttClient alicia =
                AliciaMqttClient.builder().server("mqtt://127.0.0.1:1").build();
        assertThat(alicia.connectAsync().onErrorComplete().blockingAwait(5, TimeUnit.SECONDS))
                .isTrue();

        alicia.close();

        assertThat(left(before)).isEmpty();
    }

    private void live(MqttVersion version, Path file) {
        try (AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server(mosquitto.tcp())
                .version(version)
                .offlineQueue(OfflineQueue.DEFAULT.onDisk(file))
                .connect()) {
            TestSubscriber<?> notes =
                    alicia.topic(ROOMS, PayloadCodec.text()).messages().test();
            alicia.subscribed().blockingAwait();
            alicia.topic(ROOMS, PayloadCodec.text()).publish("hall", "x").blockingAwait();
            notes.awaitCount(1);
        }
    }

    /** Servers of earlier tests run in this JVM, and leave Netty's thread to itself. */
    private static Set<Thread> threadsOfNobodyElse() {
        Awaitility.await()
                .until(() ->
                        threads().stream().noneMatch(thread -> thread.getName().startsWith("globalEvent")));
        return threads();
    }

    private static List<Thread> left(Set<Thread> before) throws InterruptedException {
        Set<Thread> left = threads();
        left.removeAll(before);
        for (Thread thread : left) {
            thread.join(LAST_INSTRUCTION_MILLIS);
        }
        return left.stream().filter(Thread::isAlive).toList();
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }
}
