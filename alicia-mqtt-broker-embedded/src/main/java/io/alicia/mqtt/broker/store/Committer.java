package io.alicia.mqtt.broker.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's one thread: takes what has gathered, commits it at once, tells who waits. A commit that fails is tried
 * again until it works; meanwhile nobody is told that anything is safe.
 */
final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int ORDERS_PER_COMMIT = 20_000;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final Queue<FileStore.Order> orders;
    private final Tables tables;
    private final ChangeWriter writer;
    private final LongConsumer written;
    private final Thread thread = new Thread(this::run, "alicia-broker-store");
    private final List<CompletableFuture<Void>> saves = new ArrayList<>();
    private final Map<Executor, List<Runnable>> tasks = new LinkedHashMap<>();
    private volatile boolean sleeping;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile int changesPerSave;
    private int changesSinceSave;
    /** What was begun and has not ended, see {@link Store#together}. */
    private int incomplete;

    Committer(Path file, Queue<FileStore.Order> orders, Tables tables, ChangeWriter writer, LongConsumer written) {
        this.file = file;
        this.orders = orders;
        this.tables = tables;
        this.writer = writer;
        this.written = written;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void saveAfter(int changes) {
        changesPerSave = changes;
    }

    /** There is something in the queue; from any thread. */
    void wake() {
        if (sleeping) {
            LockSupport.unpark(thread);
        }
    }

    /** Commits what is in the queue, saves and ends. */
    void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing || !orders.isEmpty()) {
                long bytes = take();
                commit();
                written.accept(bytes);
                tell();
                save();
                sleep();
            }
            end();
        } catch (GaveUpException e) {
            LOG.error("{}: what was not acknowledged is lost", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The persistent database '{}' is no longer written", file, e);
        } finally {
            ended = true;
            tables.closeAsItIs();
            failSaves();
        }
    }

    boolean hasEnded() {
        return ended;
    }

    private void failSaves() {
        StoreException closed = new StoreException("'" + file + "' is closed");
        saves.forEach(done -> done.completeExceptionally(closed));
        for (FileStore.Order order = orders.poll(); order != null; order = orders.poll()) {
            if (order instanceof FileStore.Order.Save save) {
                save.done().completeExceptionally(closed);
            }
        }
    }

    private void sleep() {
        while (orders.isEmpty() && !closing) {
            sleeping = true;
            if (orders.isEmpty() && !closing) {
                LockSupport.park(this);
            }
            sleeping = false;
        }
    }

    /** Takes what is there, and waits for the rest of what has to be committed together; its end is on its way. */
    private long take() {
        long bytes = 0;
        for (int i = 0; i < ORDERS_PER_COMMIT || incomplete > 0; i++) {
            FileStore.Order order = orders.poll();
            while (order == null && incomplete > 0 && !closing) {
                sleep();
                order = orders.poll();
            }
            if (order == null) {
                break;
            }
            if (order instanceof FileStore.Order.Begin) {
                incomplete++;
            } else if (order instanceof FileStore.Order.End) {
                incomplete--;
            } else if (order instanceof FileStore.Order.Write write) {
                bytes += write.change().weightBytes();
                writer.write(write.change());
                changesSinceSave += counts(write.change()) ? 1 : 0;
            } else if (order instanceof FileStore.Order.Tell tell) {
                tasks.computeIfAbsent(tell.home(), home -> new ArrayList<>()).add(tell.task());
            } else if (order instanceof FileStore.Order.Save save) {
                saves.add(save.done());
            }
        }
        return bytes;
    }

    /** As Mosquitto counts: subscription changes, retained messages received, queued messages. */
    private static boolean counts(Change change) {
        return change instanceof Change.Retained
                || change instanceof Change.Subscribed
                || change instanceof Change.Unsubscribed
                || (change instanceof Change.OutgoingPut put && put.outgoing().stage() == StoredOutgoing.Stage.WAITING);
    }

    private void commit() {
        if (!tables.isChanged()) {
            return;
        }
        try {
            tables.commit();
        } catch (RuntimeException e) {
            LOG.error(
                    "Cannot write the persistent database '{}', nothing is acknowledged until that works: {}",
                    file,
                    reason(e));
            retry(e);
            LOG.info("The persistent database '{}' is written again.", file);
        }
    }

    private void retry(RuntimeException first) {
        RuntimeException last = first;
        while (!closing) {
            LockSupport.parkNanos(this, RETRY_NANOS);
            try {
                tables.reopen();
                tables.commit();
                return;
            } catch (StoreException e) {
                last = new IllegalStateException(e);
            } catch (RuntimeException e) {
                last = e;
            }
        }
        throw new GaveUpException("Cannot write the persistent database '" + file + "': " + reason(last), last);
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private void tell() {
        tasks.forEach((home, waiting) -> {
            try {
                home.execute(() -> runAll(waiting));
            } catch (RejectedExecutionException e) {
                // The broker stops and the loop has ended: there is nobody left to be told.
                LOG.debug("nobody was told of a commit: {}", e.toString());
            }
        });
        tasks.clear();
    }

    private static void runAll(List<Runnable> tasks) {
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("what waited for a commit failed", e);
            }
        }
    }

    private void save() {
        int limit = changesPerSave;
        boolean due = limit > 0 && changesSinceSave >= limit;
        if (saves.isEmpty() && !due) {
            return;
        }
        try {
            saveNow();
            saves.forEach(done -> done.complete(null));
        } catch (StoreException e) {
            LOG.error("Error saving in-memory database, {}", e.getMessage());
            saves.forEach(done -> done.completeExceptionally(e));
        } finally {
            saves.clear();
        }
    }

    private void saveNow() throws StoreException {
        LOG.info("Saving in-memory database to {}.", file);
        changesSinceSave = 0;
        try {
            tables.sync();
        } catch (IOException | RuntimeException e) {
            throw new StoreException("'" + file + "' cannot be written: " + reason(e), e);
        }
    }

    private void end() {
        try {
            saveNow();
            tables.close();
        } catch (StoreException e) {
            LOG.error("Error saving in-memory database, {}", e.getMessage());
        }
    }

    /** The broker stops while the file can't be written. */
    private static final class GaveUpException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        GaveUpException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
