package io.alicia.mqtt.client;

import io.alicia.mqtt.client.StoredMessage.Progress;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link OutboxStore} in one file. A thread of its own writes: whatever came while it wrote goes to the disk together, and
 * what came and went in the meantime not at all. If the disk fails it says so once, the client
 * goes on in memory, and what the file does not say is written when the disk takes it again. Whatever fails, those who wait for
 * the disk are told; and a message that cannot be written, for lack of memory say, keeps no other one from it.
 */
final class DiskStore implements OutboxStore {

    private static final Logger LOGGER = LoggerFactory.getLogger(DiskStore.class);

    /** How long a message that is under way may be spared the disk: most are acknowledged sooner. */
    static final long SOON_MILLIS = 100;

    private static final long IDLE_SECONDS = 10;

    /** What is to be there of a message from now on; absent: nothing. */
    private record Change(Outgoing of, Optional<StoredMessage> message, DiskClaim claim) {

        static Change to(Outgoing message, DiskClaim claim) {
            message.claim(claim);
            return new Change(message, Optional.of(message.stored()), claim);
        }

        static Change gone(Outgoing message) {
            return new Change(message, Optional.empty(), DiskClaim.taken());
        }
    }

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final QueueFile file;
    private List<Restored> restored;
    private final Scheduler time;
    private final ThreadPoolExecutor disk;
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> whenWritten = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicBoolean dueSoon = new AtomicBoolean();

    /** What the file does not say yet, by the order of publishing; in the thread that writes, as all below. */
    private final Map<Long, Change> unwritten = new LinkedHashMap<>();

    private Duration pause = FIRST_PAUSE;
    private boolean eachAlone;
    private long triedAgainMillis;
    private volatile boolean broken;
    private volatile Runnable whenMended = () -> {};

    /**
     * Over {@code file}, or a new one, readable for its owner alone.
     *
     * @throws IllegalStateException if that is impossible, saying why
     */
    DiskStore(Path file, String threadName, Scheduler time) {
        this(new QueueFile(file), task -> new Thread(task, threadName), time);
    }

    /** Over what is open, with threads that {@code threads} makes. */
    DiskStore(QueueFile file, ThreadFactory threads, Scheduler time) {
        this.file = file;
        this.time = time;
        restored = file.restored();
        disk = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = threads.newThread(task);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy()); // of an acknowledgement that comes after the end
        disk.allowCoreThreadTimeOut(true);
    }

    /** Once: they are somebody else's then. */
    @Override
    public List<Restored> restored() {
        List<Restored> found = restored;
        restored = List.of();
        return found;
    }

    @Override
    public boolean isWorking() {
        return !broken;
    }

    @Override
    public void whenMended(Runnable then) {
        whenMended = then;
    }

    @Override
    public void keep(Outgoing message) {
        keep(message, DiskClaim.taken(), this::writeNow);
    }

    @Override
    public void keepSoon(Outgoing message) {
        keep(message, DiskClaim.due(), this::writeSoon);
    }

    private void keep(Outgoing message, DiskClaim claim, Runnable write) {
        boolean worthIt = message.qos() != Qos.AT_MOST_ONCE;
        message.kept(worthIt);
        if (worthIt) {
            changes.add(Change.to(message, claim));
            write.run();
        }
    }

    @Override
    public void markSent(List<Outgoing> sent, Runnable whenSafe) {
        sent.forEach(message -> {
            message.progress(Progress.SENT);
            changes.add(Change.to(message, DiskClaim.taken()));
        });
        whenWritten(whenSafe);
    }

    @Override
    public void markReceived(Outgoing message, Runnable whenSafe) {
        DiskClaim claim = message.claim();
        if (claim != null && claim.spare()) {
            message.kept(false);
        }
        if (message.isKept()) {
            message.progress(Progress.RECEIVED);
            changes.add(Change.to(message, DiskClaim.taken()));
        }
        if (claim != null && claim.isTaken()) { // also if it is about to be forgotten
            whenWritten(whenSafe);
        } else {
            whenSafe.run();
        }
    }

    @Override
    public boolean outlivesProcess() {
        return true;
    }

    @Override
    public void whenWritten(Runnable then) {
        whenWritten.add(then);
        writeNow();
    }

    @Override
    public void forget(Outgoing message) {
        if (message.isKept()) {
            message.kept(false);
            DiskClaim claim = message.claim();
            if (claim == null || !claim.spare()) {
                changes.add(Change.gone(message));
                writeSoon();
            }
        }
    }

    private void writeSoon() {
        if (dueSoon.compareAndSet(false, true)) {
            Disposable unused = time.scheduleDirect(this::writeNow, SOON_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void writeNow() {
        if (due.compareAndSet(false, true)) {
            try {
                disk.execute(this::write);
            } catch (Error e) { // "unable to create native thread"
                due.set(false);
                LOGGER.warn(
                        "no thread can be started for the offline queue in {}; it is written when there is one",
                        file,
                        e);
                dueSoon.set(false);
                writeSoon();
            }
        }
    }

    private void write() {
        due.set(false);
        dueSoon.set(false);
        int waiting = whenWritten.size();
        try {
            for (Change next = changes.peek(); next != null; next = changes.peek()) {
                note(next);
                changes.remove();
            }
            if (!unwritten.isEmpty() && (!broken || time.now(TimeUnit.MILLISECONDS) >= triedAgainMillis)) {
                writeThrough();
            }
        } catch (Throwable e) { // memory may be there again, and whoever waits must not wait for good
            failed(e);
        }
        for (int told = 0; told < waiting; told++) {
            tell(whenWritten.remove());
        }
    }

    /** Whom it is for goes into the lane, or has ended: what fails there keeps nobody else from being told. */
    private void tell(Runnable whoeverWaits) {
        try {
            whoeverWaits.run();
        } catch (Throwable e) { // an event loop that takes no more, say
            LOGGER.debug("the offline queue in {}: whoever waited for it is gone", file, e);
        }
    }

    private void note(Change change) {
        if (!change.claim().take()) {
            return; // came and went before it was written
        }
        long sequence = change.of().sequence();
        if (broken && change.message().isEmpty() && !change.of().isOnDisk()) {
            unwritten.remove(sequence); // came and went while nothing could be written
        } else {
            unwritten.put(sequence, change);
        }
    }

    private void writeThrough() {
        if (broken) {
            file.openAgain();
        }
        if (eachAlone) {
            writeEachAlone();
        } else {
            write(List.copyOf(unwritten.values()));
        }
        pause = FIRST_PAUSE;
        eachAlone = false;
        if (broken) {
            broken = false;
            LOGGER.info("the offline queue in {} can be written again", file);
            whenMended.run();
        }
    }

    private void write(List<Change> together) {
        Map<Long, Optional<StoredMessage>> messages = new LinkedHashMap<>();
        together.forEach(change -> messages.put(change.of().sequence(), change.message()));
        file.write(messages);
        together.forEach(change -> {
            change.of().onDisk(change.message().isPresent());
            unwritten.remove(change.of().sequence());
        });
    }

    /** Fails after all those that can be written. */
    private void writeEachAlone() {
        IllegalStateException failed = null;
        for (Change change : List.copyOf(unwritten.values())) {
            try {
                write(List.of(change));
            } catch (Throwable e) {
                failed = new IllegalStateException(change.of().message() + " cannot be written", e);
                file.openAgain();
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** A disk that is full may have room in a moment: what it does not say until then is kept here. */
    private void failed(Throwable failure) {
        eachAlone = !isOfTheDisk(failure);
        if (broken) {
            LOGGER.debug("the offline queue in {} can still not be written", file, failure);
        } else {
            LOGGER.error(
                    "the offline queue in {} cannot be written; going on in memory, and trying again", file, failure);
        }
        triedAgainMillis = time.now(TimeUnit.MILLISECONDS) + pause.toMillis();
        Disposable unused = time.scheduleDirect(this::writeNow, pause.toMillis(), TimeUnit.MILLISECONDS);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        broken = true;
    }

    /** Rather than of one of the messages. */
    private static boolean isOfTheDisk(Throwable failure) {
        return failure instanceof UncheckedIOException
                || (failure instanceof MVStoreException told && told.getErrorCode() == DataUtils.ERROR_WRITING_FAILED);
    }

    @Override
    public Completable close() {
        CompletableSubject closed = CompletableSubject.create();
        closeWhenThereIsAThread(closed);
        return closed;
    }

    private void closeWhenThereIsAThread(CompletableSubject closed) {
        try {
            disk.execute(() -> {
                writeTheRest();
                closed.onComplete();
            });
            disk.shutdown();
        } catch (Error e) {
            LOGGER.warn("no thread can be started to close the offline queue in {}; trying again", file, e);
            Disposable unused =
                    time.scheduleDirect(() -> closeWhenThereIsAThread(closed), SOON_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void writeTheRest() {
        triedAgainMillis = Long.MIN_VALUE; // the last time
        write();
        file.close();
    }
}
