package io.alicia.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.ClientCounts.Outcome;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.OfflineQueue.WhenFull;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was told at its deadline that it waits on disk, and comes to its end in this process: nobody is left to be told but the log. */
class EndAfterTheDeadlineTest {

    private static final Duration DEADLINE = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private final TestScheduler time = new TestScheduler();
    private final Lane lane = new Lane(Runnable::run);
    private final ClientCounts counts = new ClientCounts();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final PrintStream usual = System.err;
    private DiskStore store;
    private Outbox outbox;

    @BeforeEach
    void open() {
        store = new DiskStore(directory.resolve("outbox.mv"), "late-end-test", time);
        OfflineQueue one = new OfflineQueue(1, 1_000, WhenFull.DROP_OLDEST);
        outbox = new Outbox(lane, time, InstantSource.system(), Runnable::run, one, store, 10, counts);
        System.setErr(new PrintStream(logged, true, UTF_8));
    }

    @AfterEach
    void close() {
        System.setErr(usual);
        assertThat(store.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void says_that_it_gave_way_for_a_newer_one() {
        publishUntilTheDeadline("old");

        publish("new");

        Soon.await().until(() -> counts.published(Outcome.DROPPED) == 1);
        assertThat(logged.toString(UTF_8)).contains("WARN").contains("the offline queue is full after the deadline");
    }

    @Test
    void says_that_the_server_refused_it() {
        publishUntilTheDeadline("old");
        FakeConnection connection = connect();

        connection
                .published
                .get(0)
                .outcome()
                .onSuccess(new PublishOutcome(ReasonCode.NOT_AUTHORIZED, Optional.empty()));

        Soon.await().until(() -> counts.published(Outcome.REFUSED_BY_SERVER) == 1);
        assertThat(logged.toString(UTF_8)).contains("WARN").contains("after the deadline of its publish");
    }

    @Test
    void has_no_word_to_lose_where_all_went_well() {
        publishUntilTheDeadline("old");
        FakeConnection connection = connect();

        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);

        Soon.await().until(() -> counts.published(Outcome.ACKNOWLEDGED) == 1);
        assertThat(logged.toString(UTF_8)).doesNotContain("WARN");
    }

    private void publishUntilTheDeadline(String payload) {
        TestObserver<PublishResult> result = publish(payload);
        time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        result.awaitDone(5, TimeUnit.SECONDS).assertValue(new PublishResult.Queued());
    }

    private TestObserver<PublishResult> publish(String payload) {
        ApplicationMessage message = ApplicationMessage.builder()
                .topic(TopicName.of("t"))
                .payload(BinaryData.ofUtf8(payload))
                .build();
        return outbox.publish(message, DEADLINE).test();
    }

    private FakeConnection connect() {
        FakeConnection connection = new FakeConnection(Connack.builder()
                .sessionPresent(false)
                .clientIdentifier("fake")
                .sessionExpiryInterval(Duration.ZERO)
                .keepAlive(Duration.ZERO)
                .build());
        lane.execute(() -> outbox.connected(connection, FakeTransport.HOUSE));
        Awaitility.await().until(() -> !connection.published.isEmpty());
        return connection;
    }
}
