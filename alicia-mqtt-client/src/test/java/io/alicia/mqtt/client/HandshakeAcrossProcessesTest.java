package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.client.StoredMessage.Progress;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Connack;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** QoS 2 that is under way when a process ends, and goes on with the next one: a copy of the file is what {@code kill -9} leaves. */
class HandshakeAcrossProcessesTest extends OfflineQueueScene {

    private static final int FIRST = KeptHandshake.FIRST_PACKET_IDENTIFIER;

    /** Of the process that lives. */
    private @Nullable Path current;

    @Test
    void publishes_again_under_the_same_identifier_what_nobody_answered() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        publish(outbox, "b");
        FakeConnection killed = connect(outbox, false);
        awaitSent(killed, "a", "b");
        assertThat(killed.handshakes).noneMatch(KeptHandshake::isResumed);

        Outbox next = nextProcess();
        assertThat(next.unfinishedHandshakes(FakeTransport.HOUSE).orElseThrow())
                .containsExactlyInAnyOrder(FIRST, FIRST + 1);
        FakeConnection connection = connect(next, true);

        awaitSent(connection, "a", "b");
        assertThat(connection.handshakes)
                .extracting(KeptHandshake::packetIdentifier)
                .containsExactly(FIRST, FIRST + 1);
        assertThat(connection.handshakes).allMatch(KeptHandshake::isResumed);
        connection.published.forEach(published -> published.outcome().onSuccess(PublishOutcome.SUCCESS));
        awaitForgotten();
    }

    @Test
    void publishes_nothing_again_that_the_server_has_received() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        FakeConnection killed = connect(outbox, false);
        awaitSent(killed, "a");
        AtomicReference<List<Progress>> whenReleased = new AtomicReference<>();

        killed.handshakes
                .get(0)
                .received(() -> whenReleased.set(restored().stream()
                        .map(restored -> restored.message().progress())
                        .toList()));

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(whenReleased.get()).as("before PUBREL").containsExactly(Progress.RECEIVED));
        Outbox next = nextProcess();
        assertThat(next.unfinishedHandshakes(FakeTransport.HOUSE).orElseThrow()).containsExactly(FIRST);
        FakeConnection connection = connect(next, true);
        assertThat(connection.released)
                .extracting(FakeConnection.Released::packetIdentifier)
                .containsExactly(FIRST);
        connection.released.get(0).done().onComplete();
        awaitForgotten();
        assertThat(connection.published).isEmpty();
        assertThat(next.unfinishedHandshakes(FakeTransport.HOUSE).orElseThrow()).isEmpty();
    }

    @Test
    void releases_once_more_on_the_next_connection_if_the_first_one_ended_before() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        FakeConnection killed = connect(outbox, false);
        awaitSent(killed, "a");
        List<Progress> released = new ArrayList<>();
        killed.handshakes.get(0).received(() -> inLane(() -> released.add(Progress.RECEIVED)));
        Awaitility.await().until(() -> !released.isEmpty());
        Outbox next = nextProcess();
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
        awaitForgotten();
    }

    @Test
    void keeps_what_is_under_way_for_long_although_it_never_had_to_wait() {
        Outbox outbox = outbox(file());
        FakeConnection connection = connect(outbox, false);
        publish(outbox, "a");

        time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);
        awaitOnDisk("a");

        FakeConnection next = connect(nextProcess(), true);
        awaitSent(next, "a");
        assertThat(next.handshakes.get(0).packetIdentifier())
                .isEqualTo(connection.handshakes.get(0).packetIdentifier());
    }

    @Test
    void sends_nothing_again_where_the_session_is_gone() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        awaitSent(connect(outbox, false), "a");

        Outbox next = nextProcess();
        FakeConnection connection = connect(next, false);

        awaitForgotten();
        assertThat(connection.published).isEmpty();
        assertThat(connection.released).isEmpty();
    }

    @Test
    void goes_on_with_the_server_that_it_began_with_and_with_no_other() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        awaitSent(connect(outbox, false), "a");
        Outbox next = nextProcess();
        ServerAddress elsewhere = ServerAddress.of("mqtt://elsewhere");

        FakeConnection other = connection(true);
        assertThat(next.unfinishedHandshakes(elsewhere).orElseThrow()).isEmpty();
        inLane(() -> next.connected(other, elsewhere));
        assertThat(other.published).isEmpty();
        assertThat(other.released).isEmpty();
        inLane(() -> next.disconnected(FakeTransport.CABLE_PULLED));

        FakeConnection back = connect(next, true);
        awaitSent(back, "a");
        assertThat(back.handshakes.get(0).isResumed()).isTrue();
    }

    @Test
    void uses_the_identifier_again_of_what_gave_way_before_it_was_sent() {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicBoolean isSlow = new AtomicBoolean();
        QueueFile file = new QueueFile(file()) {
            @Override
            void write(Map<Long, Optional<StoredMessage>> changes) {
                if (isSlow.get()) {
                    assertThat(slow).satisfies(latch -> latch.await(5, TimeUnit.SECONDS));
                }
                super.write(changes);
            }
        };
        DiskStore store = new DiskStore(file, task -> new Thread(task, "slow-disk"), time);
        stores.add(store);
        Outbox outbox = outbox(store, new OfflineQueue(1, 1_000, OfflineQueue.WhenFull.DROP_OLDEST));
        publish(outbox, "old");
        awaitOnDisk("old");
        isSlow.set(true);
        FakeConnection connection = connect(outbox, false);
        publish(outbox, "new");
        slow.countDown();

        awaitSent(connection, "new");
        assertThat(connection.handshakes.get(0).packetIdentifier()).isEqualTo(FIRST);
    }

    @Test
    void sends_nothing_again_over_a_transport_that_chooses_all_identifiers_itself() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        awaitSent(connect(outbox, false), "a");

        FakeConnection connection = connection(true);
        connection.keepsHandshakes = false;
        Outbox next = nextProcess();
        inLane(() -> next.connected(connection, FakeTransport.HOUSE));

        awaitForgotten();
        assertThat(connection.published).isEmpty();
    }

    @Test
    void gives_new_messages_no_identifier_that_an_earlier_process_still_uses() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        awaitSent(connect(outbox, false), "a");

        Outbox next = nextProcess();
        FakeConnection connection = connect(next, true);
        publish(next, "b");

        awaitSent(connection, "a", "b");
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
                OutboxStory.message("a", Qos.EXACTLY_ONCE).toBuilder()
                        .messageExpiryInterval(Duration.ofHours(1))
                        .build());
        awaitSent(connect(outbox, false), "a");

        Outbox next = nextProcess();
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
        awaitSent(closed, "a");

        inLane(outbox::close);

        result.awaitDone(5, TimeUnit.SECONDS);
        assertThat(result.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
        FakeConnection next = connect(nextProcess(), true);
        awaitSent(next, "a");
        assertThat(next.handshakes.get(0).isResumed()).isTrue();
    }

    @Test
    void tries_again_what_was_not_sent_on_the_first_connection_without_taking_it_for_new() {
        Outbox outbox = outbox(file());
        publish(outbox, "a");
        awaitSent(connect(outbox, false), "a");
        Outbox next = nextProcess();
        FakeConnection first = connect(next, true);

        first.published.get(0).outcome().onError(new SessionEndedException("over", false, null));
        inLane(() -> next.disconnected(FakeTransport.CABLE_PULLED));
        FakeConnection second = connect(next, true);

        awaitSent(second, "a");
        assertThat(second.handshakes.get(0).isResumed()).isTrue();
        assertThat(second.handshakes.get(0).packetIdentifier()).isEqualTo(FIRST);
    }

    @Test
    void reads_what_an_earlier_version_has_written_which_knew_no_identifiers() throws IOException {
        Path file = directory.resolve("earlier.mv");
        try (MVStore store = MVStore.open(file.toString())) {
            store.<Long, byte[]>openMap("messages").put(1L, format1("sent", true));
            store.<Long, byte[]>openMap("messages").put(2L, format1("waits", false));
        }

        FakeConnection connection = connect(outbox(file), true);

        awaitSent(connection, "waits");
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

    @Override
    Path file() {
        Path left = current;
        return left == null ? super.file() : left;
    }

    /** The next process begins with what the one before has left. */
    private Outbox nextProcess() {
        current = copy();
        return outbox(current);
    }

    private void awaitForgotten() {
        Soon.await().until(() -> {
            time.advanceTimeBy(DiskStore.SOON_MILLIS, TimeUnit.MILLISECONDS);
            return restored().isEmpty();
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
        inLane(() -> outbox.connected(connection, FakeTransport.HOUSE));
        return connection;
    }

    private static TestObserver<PublishResult> publish(Outbox outbox, String payload) {
        return publish(outbox, payload, Qos.EXACTLY_ONCE);
    }
}
