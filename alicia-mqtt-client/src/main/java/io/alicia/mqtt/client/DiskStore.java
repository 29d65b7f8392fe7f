package io.alicia.mqtt.client;

import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
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
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link OutboxStore} in one file. A thread of its own writes: whatever came while it wrote goes to the disk together, and
 * what came and went in the meantime not at all. If the disk fails it says so once, and the client goes on in memory.
 */
final class DiskStore implements OutboxStore {

    private static final Logger LOGGER = LoggerFactory.getLogger(DiskStore.class);

    /** How long a message that is under way may be spared the disk: most are acknowledged sooner. */
    static final long SOON_MILLIS = 100;

    private static final long IDLE_SECONDS = 10;

    /** What is to be there of a message from now on; absent: nothing. */
    private record Change(Outgoing of, Optional<StoredMessage> message) {}

    private final Path file;
    private final MVStore store;
    private final MVMap<Long, byte[]> messages;
    private final List<Restored> restored;
    private final Scheduler time;
    private final ThreadPoolExecutor disk;
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> whenWritten = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicBoolean dueSoon = new AtomicBoolean();
    private volatile boolean broken;

    /**
     * Opens {@code file}, or makes it, readable for its owner alone.
     *
     * @throws IllegalStateException if that is impossible, saying why
     */
    DiskStore(Path file, String threadName, Scheduler time) {
        this(file, open(file), threadName, time);
    }

    /** Over {@code opened}, which {@link #open} made of {@code file}. */
    DiskStore(Path file, MVStore opened, String threadName, Scheduler time) {
        this(file, opened, task -> new Thread(task, threadName), time);
    }

    /** The same with threads that {@code threads} makes. */
    DiskStore(Path file, MVStore opened, ThreadFactory threads, Scheduler time) {
        this.file = file;
        this.time = time;
        this.store = opened;
        // Each commit reaches the disk before the next one begins, so the space of what is gone can be used at once.
        store.setRetentionTime(0);
        store.setVersionsToKeep(0);
        try {
            messages = store.openMap("messages");
            restored = restore();
        } catch (RuntimeException e) { // pages are read here, and not when the file is opened
            store.closeImmediately();
            throw unusable(file, e);
        }
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

    static MVStore open(Path file) {
        create(file);
        try {
            return new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .open();
        } catch (RuntimeException e) {
            throw unusable(file, e);
        }
    }

    private static IllegalStateException unusable(Path file, RuntimeException failure) {
        return new IllegalStateException(
                "the offline queue in " + file + " cannot be opened: " + reason(failure), failure);
    }

    private static void create(Path file) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            boolean posix =
                    Files.getFileStore(directory == null ? file : directory).supportsFileAttributeView("posix");
            if (posix) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException e) {
            LOGGER.debug("{} is there already", file, e);
        } catch (IOException e) {
            throw new IllegalStateException("the offline queue in " + file + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** What H2 meets in a damaged file it tells in many ways, a missing array among them. */
    private static String reason(RuntimeException failure) {
        int code = failure instanceof MVStoreException told ? told.getErrorCode() : DataUtils.ERROR_FILE_CORRUPT;
        return switch (code) {
            case DataUtils.ERROR_FILE_LOCKED -> "another client has it open; each needs a file of its own";
            case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT, DataUtils.ERROR_INTERNAL ->
                "it is damaged, or no offline queue; move it away to begin with an empty one (" + failure.getMessage()
                        + ")";
            default -> String.valueOf(failure.getMessage());
        };
    }

    private List<Restored> restore() {
        List<Restored> found = new ArrayList<>();
        List<Long> unreadable = new ArrayList<>();
        messages.forEach((sequence, bytes) -> {
            try {
                found.add(new Restored(sequence, StoredMessage.of(bytes)));
            } catch (IllegalArgumentException e) {
                LOGGER.warn("the offline queue in {} has an entry that cannot be read; dropped", file, e);
                unreadable.add(sequence);
            }
        });
        unreadable.forEach(messages::remove);
        return List.copyOf(found);
    }

    @Override
    public List<Restored> restored() {
        return restored;
    }

    @Override
    public void keep(Outgoing message) {
        keep(message, this::writeNow);
    }

    @Override
    public void keepSoon(Outgoing message) {
        keep(message, this::writeSoon);
    }

    private void keep(Outgoing message, Runnable write) {
        boolean worthIt = message.qos() != Qos.AT_MOST_ONCE && !broken;
        message.kept(worthIt);
        if (worthIt) {
            changes.add(new Change(message, Optional.of(message.stored(false))));
            write.run();
        }
    }

    @Override
    public void markSent(List<Outgoing> sent, Runnable whenSafe) {
        sent.forEach(message -> changes.add(new Change(message, Optional.of(message.stored(true)))));
        whenWritten(whenSafe);
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
            changes.add(new Change(message, Optional.empty()));
            writeSoon();
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
        List<Runnable> safe = new ArrayList<>();
        for (Runnable next = whenWritten.poll(); next != null; next = whenWritten.poll()) {
            safe.add(next);
        }
        Map<Long, Change> latest = new LinkedHashMap<>();
        for (Change next = changes.poll(); next != null; next = changes.poll()) {
            latest.put(next.of().sequence(), next);
        }
        if (!broken && !latest.isEmpty()) {
            try {
                latest.forEach((sequence, change) -> apply(sequence, change.message()));
                if (store.hasUnsavedChanges()) {
                    store.commit();
                    store.sync();
                }
                latest.values()
                        .forEach(change -> change.of().onDisk(change.message().isPresent()));
            } catch (MVStoreException | UncheckedIOException e) {
                broken = true;
                LOGGER.error("the offline queue in {} cannot be written any more; going on in memory", file, e);
            }
        }
        safe.forEach(Runnable::run);
    }

    private void apply(long sequence, Optional<StoredMessage> message) {
        byte @Nullable [] bytes = message.map(StoredMessage::toBytes).orElse(null);
        if (bytes == null) {
            messages.remove(sequence);
        } else {
            messages.put(sequence, bytes);
        }
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
        write();
        try {
            store.close();
        } catch (MVStoreException e) {
            LOGGER.warn("the offline queue in {} did not close well; what it says is on disk", file, e);
            store.closeImmediately();
        }
    }
}
