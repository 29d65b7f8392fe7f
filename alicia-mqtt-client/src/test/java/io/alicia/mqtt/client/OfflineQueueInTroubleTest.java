package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.PublishOutcome;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of messages when the disk is full for a while, or there are no threads to write with. */
class OfflineQueueInTroubleTest extends OfflineQueueScene {

    /** A disk that somebody else fills, and empties again. */
    private final class SmallDisk {

        private final DiskStore store =
                new DiskStore(new QueueFile(file(), this::open), task -> new Thread(task, "disk-test"), time);
        private @Nullable MVStore opened;
        private volatile boolean full;

        SmallDisk() {
            stores.add(store);
        }

        private MVStore open() {
            if (full) {
                throw new IllegalStateException("no space left on device");
            }
            MVStore fresh = QueueFile.open(file());
            opened = fresh;
            return fresh;
        }

        /** From now on each write fails, upon which H2 closes the file. */
        void isFull() {
            full = true;
            Objects.requireNonNull(opened).closeImmediately();
        }

        void awaitRefusal() {
            Soon.await().until(() -> !store.isWorking());
        }

        void hasRoomAgain() {
            full = false;
        }
    }

    private Outbox outbox(SmallDisk disk) {
        return outbox(disk.store, OfflineQueue.DEFAULT);
    }

    @Test
    void tells_nobody_that_a_message_waits_on_a_disk_that_refuses_it() {
        SmallDisk disk = new SmallDisk();
        Outbox outbox = outbox(disk);
        disk.isFull();
        TestObserver<PublishResult> atTheDeadline = publish(outbox, "a", Qos.AT_LEAST_ONCE);

        time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        awaitResult(atTheDeadline, new PublishResult.Expired());
        TestObserver<PublishResult> atTheEnd = publish(outbox, "b", Qos.AT_LEAST_ONCE);
        inLane(outbox::close);

        atTheEnd.awaitDone(5, TimeUnit.SECONDS);
        assertThat(atTheEnd.values().get(0)).isInstanceOf(PublishResult.Dropped.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void sends_nothing_twice_because_the_disk_was_full_for_a_moment(Qos qos) {
        SmallDisk disk = new SmallDisk();
        Outbox outbox = outbox(disk);
        publish(outbox, "kept", qos);
        awaitOnDisk("kept");
        disk.isFull();
        publish(outbox, "in memory", qos);
        disk.awaitRefusal();
        FakeConnection connection = connect(outbox, 10);
        // What is on disk and cannot be marked would be sent by the next process as well.
        awaitCount(connection, qos == Qos.EXACTLY_ONCE ? 1 : 2);

        disk.hasRoomAgain();
        time.advanceTimeBy(1, TimeUnit.MINUTES);
        awaitCount(connection, 2);
        connection.published.forEach(published -> published.outcome().onSuccess(PublishOutcome.SUCCESS));
        letItWrite();

        awaitOnDisk();
    }

    @Test
    void keeps_on_disk_again_what_is_published_when_it_has_room_again() {
        SmallDisk disk = new SmallDisk();
        Outbox outbox = outbox(disk);
        disk.isFull();
        TestObserver<PublishResult> meanwhile = publish(outbox, "meanwhile", Qos.AT_LEAST_ONCE);
        disk.awaitRefusal();

        disk.hasRoomAgain();
        time.advanceTimeBy(1, TimeUnit.MINUTES);
        TestObserver<PublishResult> later = publish(outbox, "later", Qos.AT_LEAST_ONCE);
        awaitOnDisk("meanwhile", "later");
        time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);

        awaitResult(meanwhile, new PublishResult.Queued());
        awaitResult(later, new PublishResult.Queued());
    }

    /** A store that gets no thread so many times. */
    private DiskStore storeWithoutThreadsFor(int times) {
        AtomicInteger missing = new AtomicInteger(times);
        return new DiskStore(
                new QueueFile(file()),
                task -> {
                    if (missing.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(task, "disk-test");
                },
                time);
    }

    @Test
    void writes_to_disk_when_there_are_threads_again() {
        DiskStore store = storeWithoutThreadsFor(3);
        Outbox outbox = outbox(store, OfflineQueue.DEFAULT);

        publish(outbox, "a", Qos.AT_LEAST_ONCE);
        time.advanceTimeBy(DiskStore.SOON_MILLIS * 3, TimeUnit.MILLISECONDS);
        awaitOnDisk("a");

        store.close().test().awaitDone(5, TimeUnit.SECONDS).assertComplete();
    }

    @Test
    void closes_when_there_is_a_thread_for_that() {
        DiskStore store = storeWithoutThreadsFor(1);
        TestObserver<Void> closed = store.close().test();
        closed.assertNotComplete();

        letItWrite();

        closed.awaitDone(5, TimeUnit.SECONDS).assertComplete();
        store(file()); // which is free for others
    }

    /** A failure that is not the disk's: it has room for all of them. */
    @Test
    void keeps_others_although_there_is_no_memory_for_one_of_them() {
        QueueFile file = new QueueFile(file()) {
            @Override
            void write(Map<Long, Optional<StoredMessage>> changes) {
                if (changes.values().stream()
                        .flatMap(Optional::stream)
                        .anyMatch(stored -> stored.message().payload().length() > 1_000)) {
                    throw new OutOfMemoryError("Java heap space");
                }
                super.write(changes);
            }
        };
        DiskStore store = new DiskStore(file, task -> new Thread(task, "disk-test"), time);
        stores.add(store);
        Outbox outbox = outbox(store, OfflineQueue.DEFAULT);
        TestObserver<PublishResult> large = publish(outbox, "x".repeat(2_000), Qos.EXACTLY_ONCE);
        TestObserver<PublishResult> small = publish(outbox, "small", Qos.EXACTLY_ONCE);
        Soon.await().until(() -> !store.isWorking());

        time.advanceTimeBy(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);

        awaitResult(large, new PublishResult.Expired());
        awaitResult(small, new PublishResult.Queued());
        awaitOnDisk("small");
        FakeConnection connection = connect(outbox, 10);
        Soon.await().until(() -> {
            time.advanceTimeBy(1, TimeUnit.MINUTES);
            return !connection.published.isEmpty();
        });
        awaitSent(connection, "small");
    }

    @Test
    void tells_those_who_wait_although_one_of_them_is_gone() {
        DiskStore store = store(file());
        AtomicInteger told = new AtomicInteger();

        store.whenWritten(() -> {
            throw new RejectedExecutionException("event executor terminated");
        });
        store.whenWritten(told::incrementAndGet);

        Soon.await().until(() -> told.get() == 1);
    }
}
