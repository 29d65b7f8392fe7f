package io.alicia.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the log says at the end of a client about what it did not get through. */
@Timeout(30)
class LeftoversTest {

    @TempDir
    private Path directory;

    private final List<TestObserver<PublishResult>> results = new ArrayList<>();
    private FakeTransport transport = new FakeTransport();

    @Test
    void are_told_in_one_line_with_what_is_lost() {
        Core client = client(onDisk());
        publish(client, Qos.AT_LEAST_ONCE, 3);
        publish(client, Qos.EXACTLY_ONCE, 1);
        publish(client, Qos.AT_MOST_ONCE, 2);

        assertThat(loggedWhileClosing(client))
                .singleElement()
                .asString()
                .endsWith("station: closed with 6 messages left: 4 stay on disk for the next process"
                        + " (0 of them may have arrived already), 2 dropped, 0 unconfirmed");
    }

    @Test
    void may_have_arrived_where_the_server_has_not_answered() {
        Core client = client(onDisk());
        FakeConnection connection = connect(client);
        publish(client, Qos.AT_LEAST_ONCE, 2);
        publish(client, Qos.EXACTLY_ONCE, 1);
        Soon.await().until(() -> connection.published.size() == 3);

        assertThat(loggedWhileClosing(client))
                .singleElement()
                .asString()
                .endsWith("station: closed with 3 messages left: 2 stay on disk for the next process"
                        + " (2 of them may have arrived already), 0 dropped, 1 unconfirmed");
    }

    @Test
    void of_an_earlier_process_are_told_in_no_more_lines() {
        Core earlier = client(onDisk());
        publish(earlier, Qos.AT_LEAST_ONCE, 20);
        List<String> before = loggedWhileClosing(earlier);
        transport = new FakeTransport();
        Core client = client(onDisk());
        FakeConnection connection = connect(client);
        Soon.await().until(() -> connection.published.size() == 20);

        assertThat(before).hasSize(1);
        assertThat(loggedWhileClosing(client))
                .singleElement()
                .asString()
                .contains("closed with 20 messages left: 20 stay on disk")
                .contains("(20 of them may have arrived already)");
    }

    @Test
    void are_all_dropped_without_a_disk() {
        Core client = client(OfflineQueue.DEFAULT);
        publish(client, Qos.AT_LEAST_ONCE, 1);

        assertThat(loggedWhileClosing(client))
                .singleElement()
                .asString()
                .endsWith("closed with 1 messages left: 0 stay on disk for the next process"
                        + " (0 of them may have arrived already), 1 dropped, 0 unconfirmed");
    }

    @Test
    void are_no_word_worth_where_there_are_none() {
        Core client = client(onDisk());
        FakeConnection connection = connect(client);
        publish(client, Qos.AT_LEAST_ONCE, 1);
        Soon.await().until(() -> connection.published.size() == 1);
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);

        assertThat(loggedWhileClosing(client)).isEmpty();
    }

    /** All of it, but for what belongs to the time before. */
    private List<String> loggedWhileClosing(Core client) {
        PrintStream usual = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, UTF_8));
        try {
            client.close().blockingAwait();
            CountDownLatch told = new CountDownLatch(1);
            client.lane().execute(told::countDown); // behind the line
            Soon.await().until(() -> told.getCount() == 0);
            results.forEach(result -> result.awaitDone(5, TimeUnit.SECONDS).assertComplete());
        } finally {
            System.setErr(usual);
        }
        return logged.toString(UTF_8).lines().toList();
    }

    private OfflineQueue onDisk() {
        return OfflineQueue.DEFAULT.onDisk(directory.resolve("queue.mv"));
    }

    private Core client(OfflineQueue queue) {
        ClientThreads threads = new ClientThreads("station", null);
        return new Core(
                ClientSettings.builder()
                        .addServers(ServerAddress.of("mqtt://house"))
                        .clientIdentifier("station")
                        .offlineQueue(queue)
                        .closeDeadline(Duration.ofMillis(500))
                        .build(),
                transport,
                queue.file()
                        .<OutboxStore>map(file -> new DiskStore(file, "station-disk", threads.timer()))
                        .orElse(OutboxStore.NONE),
                threads,
                new Random(7));
    }

    private FakeConnection connect(Core client) {
        client.startTrying();
        transport.awaitAttempt();
        FakeConnection connection = transport.accept(false);
        Soon.await().until(client::isConnected);
        return connection;
    }

    private void publish(Core client, Qos qos, int count) {
        for (int i = 0; i < count; i++) {
            ApplicationMessage message = ApplicationMessage.builder()
                    .topic(TopicName.of("station/temperature"))
                    .payload(BinaryData.ofUtf8("21"))
                    .qos(qos)
                    .build();
            results.add(client.publish(message, Duration.ofMinutes(5)).test());
        }
    }
}
