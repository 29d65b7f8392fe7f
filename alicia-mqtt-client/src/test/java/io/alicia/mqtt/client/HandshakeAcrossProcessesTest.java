package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.StoredMessage.Progress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** QoS 2 that is under way when a process ends, and goes on with the next one: a copy of the file is what {@code kill -9} leaves. */
class HandshakeAcrossProcessesTest {

    private static final int FIRST = KeptHandshake.FIRST_PACKET_IDENTIFIER;
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private final TestScheduler time = new TestScheduler();
    private final InstantSource wallClock = () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    private final Lane lane = new Lane(Runnable::run);
    private final List<DiskStore> stores = new ArrayList<>();
    private int copies;

    @AfterEach
    void close() {
        stores.forEach(store ->
                assertThat(store.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue());
    }

    @Test
    void publishes_again_under_the_same_identifier_what_nobody_answered() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        publish(outbox, "b");
        FakeConnection killed = connect(outbox, false);
        awaitPublished(killed, "a", "b");
        assertThat(killed.handshakes).noneMatch(KeptHandshake::isResumed);

        Outbox next = outbox(copy());
        assertThat(next.unfinishedHandshakes().orElseThrow()).containsExactlyInAnyOrder(FIRST, FIRST + 1);
        FakeConnection connection = connect(next, true);

        awaitPublished(connection, "a", "b");
        assertThat(connection.handshakes)
                .extracting(KeptHandshake::packetIdentifier)
                .containsExactly(FIRST, FIRST + 1);
        assertThat(connection.handshakes).allMatch(KeptHandshake::isResumed);
        connection.published.forEach(published -> published.outcome().onSuccess(PublishOutcome.SUCCESS));
        awaitOnDisk();
    }

    @Test
    void publishes_nothing_again_that_the_server_has_received() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        FakeConnection killed = connect(outbox, false);
        awaitPublished(killed, "a");
        AtomicReference<List<Progress>> whenReleased = new AtomicReference<>();

        killed.handshakes
                .get(0)
                .received(() -> whenReleased.set(onDisk().stream()
                        .map(restored -> restored.message().progress())
                        .toList()));

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(whenReleased.get()).as("before PUBREL").containsExactly(Progress.RECEIVED));
        Outbox next = outbox(copy());
        assertThat(next.unfinishedHandshakes().orElseThrow()).containsExactly(FIRST);
        FakeConnection connection = connect(next, true);
        assertThat(connection.released)
                .extracting(FakeConnection.Released::packetIdentifier)
                .containsExactly(FIRST);
        connection.released.get(0).done().onComplete();
        awaitOnDisk();
        assertThat(connection.published).isEmpty();
        assertThat(next.unfinishedHandshakes().orElseThrow()).isEmpty();
    }

    @Test
    void releases_once_more_on_the_next_connection_if_the_first_one_ended_before() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        FakeConnection killed = connect(outbox, false);
        awaitPublished(killed, "a");
        List<Progress> released = new ArrayList<>();
        killed.handshakes.get(0).received(() -> lane.execute(() -> released.add(Progress.RECEIVED)));
        Awaitility.await().until(() -> !released.isEmpty());
        Outbox next = outbox(copy());
        FakeConnection first = connect(next, true);

        first.released.get(0).done().onError(new SessionEndedException("cable pulled", true, null));
        FakeConnection second = connect(next, true);

        assertThat(second.released).hasSize(1);
        assertThat(second.published).isEmpty();
    }

    @Test
    void spares_the_disk_what_the_server_has_at_once() {
        Outbox outbox = outbox(file());
        FakeConnection connection = connect(outbox, false);
        publish(outbox, "a");
        List<String> released = new ArrayList<>();

        connection.handshakes.get(0).received(() -> released.add("a"));

        assertThat(released).as("with nothing to wait for").containsExactly("a");
        time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);
        awaitOnDisk();
    }

    @Test
    void keeps_what_is_under_way_for_long_although_it_never_had_to_wait() {
        Outbox outbox = outbox(file());
        FakeConnection connection = connect(outbox, false);
        publish(outbox, "a");

        time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);
        awaitOnDisk("a");

        FakeConnection next = connect(outbox(copy()), true);
        awaitPublished(next, "a");
        assertThat(next.handshakes.get(0).packetIdentifier())
                .isEqualTo(connection.handshakes.get(0).packetIdentifier());
    }

    @Test
    void sends_nothing_again_where_the_session_is_gone() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        awaitPublished(connect(outbox, false), "a");

        Outbox next = outbox(copy());
        FakeConnection connection = connect(next, false);

        awaitOnDisk();
        assertThat(connection.published).isEmpty();
        assertThat(connection.released).isEmpty();
    }

    @Test
    void sends_nothing_again_over_a_transport_that_chooses_all_identifiers_itself() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        awaitPublished(connect(outbox, false), "a");

        FakeConnection connection = connection(true);
        connection.keepsHandshakes = false;
        Outbox next = outbox(copy());
        lane.execute(() -> next.connected(connection));

        awaitOnDisk();
        assertThat(connection.published).isEmpty();
    }

    @Test
    void gives_new_messages_no_identifier_that_an_earlier_process_still_uses() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        awaitPublished(connect(outbox, false), "a");

        Outbox next = outbox(copy());
        FakeConnection connection = connect(next, true);
        publish(next, "b");

        awaitPublished(connection, "a", "b");
        assertThat(connection.handshakes)
                .extracting(KeptHandshake::packetIdentifier)
                .containsExactly(FIRST, FIRST + 1);
        assertThat(connection.handshakes).extracting(KeptHandshake::isResumed).containsExactly(true, false);
    }

    @Test
    void uses_an_identifier_again_when_its_handshake_is_through() {
        Outbox outbox = outbox(file());
        FakeConnection connection = connect(outbox, false);
        publish(outbox, "a");
        connection.published.get(0).outcome().onSuccess(PublishOutcome.SUCCESS);

        publish(outbox, "b");

        assertThat(connection.handshakes)
                .extracting(KeptHandshake::packetIdentifier)
                .containsExactly(FIRST, FIRST);
    }

    @Test
    void only_ends_the_handshake_of_what_is_not_worth_delivering_any_more() {
        Outbox outbox = outbox(file());
        publish(
                outbox,
                message("a").toBuilder()
                        .messageExpiryInterval(Duration.ofHours(1))
                        .build());
        awaitPublished(connect(outbox, false), "a");

        Outbox next = outbox(copy());
        time.advanceTimeBy(2, TimeUnit.HOURS);
        FakeConnection connection = connect(next, true);

        assertThat(connection.published).isEmpty();
        assertThat(connection.released)
                .extracting(FakeConnection.Released::packetIdentifier)
                .containsExactly(FIRST);
    }

    @Test
    void goes_on_with_what_was_under_way_when_the_client_was_closed() {
        Outbox outbox = outbox(file());
        FakeConnection closed = connect(outbox, false);
        TestObserver<PublishResult> result = publish(outbox, "a");
        awaitPublished(closed, "a");

        lane.execute(outbox::close);

        result.awaitDone(5, TimeUnit.SECONDS);
        assertThat(result.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
        FakeConnection next = connect(outbox(copy()), true);
        awaitPublished(next, "a");
        assertThat(next.handshakes.get(0).isResumed()).isTrue();
    }

    @Test
    void tries_again_what_was_not_sent_on_the_first_connection_without_taking_it_for_new() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        awaitPublished(connect(outbox, false), "a");
        Outbox next = outbox(copy());
        FakeConnection first = connect(next, true);

        first.published.get(0).outcome().onError(new SessionEndedException("over", false, null));
        lane.execute(() -> next.disconnected(FakeTransport.CABLE_PULLED));
        FakeConnection second = connect(next, true);

        awaitPublished(second, "a");
        assertThat(second.handshakes.get(0).isResumed()).isTrue();
        assertThat(second.handshakes.get(0).packetIdentifier()).isEqualTo(FIRST);
    }

    @Test
    void reads_what_an_earlier_version_has_written_which_knew_no_identifiers() throws IOException {
        Path file = file();
        try (MVStore store = MVStore.open(file.toString())) {
            store.<Long, byte[]>openMap("messages").put(1L, format1("sent", true));
            store.<Long, byte[]>openMap("messages").put(2L, format1("waits", false));
        }

        FakeConnection connection = connect(outbox(file), true);

        awaitPublished(connection, "waits");
    }

    private static byte[] format1(String payload, boolean sent) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(1);
        out.writeLong(0);
        out.writeBoolean(sent);
        for (String text : List.of(Qos.EXACTLY_ONCE.name(), "", "t", payload)) {
            if (text.isEmpty()) {
                out.writeBoolean(false); // RETAIN
            } else {
                out.writeInt(text.length());
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        out.writeLong(-1);
        for (int absent = 0; absent < 4; absent++) {
            out.writeInt(-1);
        }
        out.writeInt(0);
        return bytes.toByteArray();
    }

    private Path file() {
        return directory.resolve("outbox.mv");
    }

    /** What is on disk at this moment. */
    private Path copy() {
        Path latest = directory.resolve(copies == 0 ? "outbox.mv" : "copy-" + copies + ".mv");
        Path copy = directory.resolve("copy-" + ++copies + ".mv");
        try {
            return Files.copy(latest, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outbox outbox(Path file) {
        DiskStore store = new DiskStore(file, "disk-test", time);
        stores.add(store);
        return new Outbox(lane, time, wallClock, Runnable::run, OfflineQueue.DEFAULT, store, 1_000, new ClientCounts());
    }

    private List<OutboxStore.Restored> onDisk() {
        Path look = directory.resolve("look.mv");
        try {
            Files.deleteIfExists(look);
            Files.copy(directory.resolve(copies == 0 ? "outbox.mv" : "copy-" + copies + ".mv"), look);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DiskStore store = new DiskStore(look, "disk-test-look", time);
        List<OutboxStore.Restored> restored = store.restored();
        store.close().blockingAwait();
        return restored;
    }

    private void awaitOnDisk(String... payloads) {
        Awaitility.await().ignoreExceptions().untilAsserted(() -> {
            time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(onDisk())
                    .extracting(
                            restored -> restored.message().message().payload().toUtf8())
                    .containsExactly(payloads);
        });
    }

    private static FakeConnection connection(boolean sessionPresent) {
        FakeConnection connection = new FakeConnection(Connack.builder()
                .sessionPresent(sessionPresent)
                .clientIdentifier("fake")
                .sessionExpiryInterval(Duration.ZERO)
                .keepAlive(Duration.ZERO)
                .receiveMaximum(10)
                .build());
        connection.keepsHandshakes = true;
        return connection;
    }

    private FakeConnection connect(Outbox outbox, boolean sessionPresent) {
        FakeConnection connection = connection(sessionPresent);
        lane.execute(() -> outbox.connected(connection));
        return connection;
    }

    private static void awaitPublished(FakeConnection connection, String... payloads) {
        Awaitility.await()
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(connection.published)
                        .extracting(published -> published.message().payload().toUtf8())
                        .containsExactly(payloads));
    }

    private static TestObserver<PublishResult> publish(Outbox outbox, String payload) {
        return publish(outbox, message(payload));
    }

    private static TestObserver<PublishResult> publish(Outbox outbox, ApplicationMessage message) {
        return outbox.publish(message, DEADLINE).test();
    }

    private static ApplicationMessage message(String payload) {
        return ApplicationMessage.builder()
                .topic(TopicName.of("t"))
                .payload(BinaryData.ofUtf8(payload))
                .qos(Qos.EXACTLY_ONCE)
                .build();
    }
}
