package io.alicia.mqtt.broker.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state in a file of H2's MVStore. What all event loops record goes through one queue to one thread, which
 * commits whatever has gathered and then says so: while one commit is on its way the next one fills, so that more load
 * makes larger commits, not a longer wait. What is committed outlives the end of the process however it comes; what is
 * {@linkplain #save saved} is on the disk itself.
 */
public final class FileStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
    private static final long HIGH_WATER_BYTES =
            Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);
    private static final int NAMED_DAMAGES = 20;

    private final Path file;
    private final StoredState contents;
    private final ConcurrentLinkedQueue<Order> orders = new ConcurrentLinkedQueue<>();
    private final AtomicLong backlogBytes = new AtomicLong();
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Committer committer;

    /** What the store's thread is asked to do, in the order of the queue. */
    sealed interface Order {

        /** Write a change. */
        record Write(Change change) implements Order {}

        /** Do not commit what follows without what comes up to the next {@link End}. */
        record Begin() implements Order {

            static final Begin INSTANCE = new Begin();
        }

        /** What one {@link Begin} began is complete. */
        record End() implements Order {

            static final End INSTANCE = new End();
        }

        /** Run a task once everything before it is committed. */
        record Tell(Executor home, Runnable task) implements Order {}

        /** Bring everything before it to the disk. */
        record Save(CompletableFuture<Void> done) implements Order {}
    }

    private FileStore(Path file, StoredState contents, Tables tables) {
        this.file = file;
        this.contents = contents;
        this.committer = new Committer(file, orders, tables, new ChangeWriter(tables, contents), this::written);
    }

    /**
     * Opens a file, or makes it. Records in it that can't be read are named in the log; the rest goes on in a new file,
     * and the damaged one stays beside it.
     *
     * @param file where; another process must not have it open
     * @return the store, to be closed
     * @throws StoreException if it can't be used; nothing is changed then
     */
    public static FileStore open(Path file) throws StoreException {
        MVStore store = DatabaseFile.open(file);
        List<String> damages = new ArrayList<>();
        RawTables raw = RawTables.read(store, damages);
        StoredState state = new StateReader(raw, damages).read();
        Tables tables = damages.isEmpty() ? Tables.of(file, store) : mended(file, store, raw, damages);
        FileStore opened = new FileStore(file, state, tables);
        opened.committer.start();
        return opened;
    }

    private static Tables mended(Path file, MVStore damaged, RawTables raw, List<String> damages)
            throws StoreException {
        damaged.closeImmediately();
        Path aside;
        try {
            aside = Tables.setAside(file);
        } catch (IOException e) {
            throw new StoreException(
                    "Unable to restore persistent database '" + file + "': it is damaged and cannot be moved (" + e
                            + ").",
                    e);
        }
        damages.stream()
                .limit(NAMED_DAMAGES)
                .forEach(damage -> LOG.warn("Persistent database '{}' is damaged, lost is {}", file, damage));
        if (damages.size() > NAMED_DAMAGES) {
            LOG.warn("Persistent database '{}' is damaged in {} more places", file, damages.size() - NAMED_DAMAGES);
        }
        LOG.warn("What could be read goes on in '{}'; the damaged file is kept as '{}'", file, aside);
        Tables fresh = Tables.open(file);
        raw.writeTo(fresh);
        return fresh;
    }

    @Override
    public boolean commitsAtOnce() {
        return false;
    }

    @Override
    public StoredState contents() {
        return contents;
    }

    @Override
    public void record(Change change) {
        backlogBytes.addAndGet(change.weightBytes());
        hand(new Order.Write(change));
    }

    @Override
    public Runnable together() {
        hand(Order.Begin.INSTANCE);
        return () -> hand(Order.End.INSTANCE);
    }

    @Override
    public void whenCommitted(Executor home, Runnable task) {
        hand(new Order.Tell(home, task));
    }

    @Override
    public void saveAfter(int changes) {
        committer.saveAfter(changes);
    }

    @Override
    public CompletableFuture<Void> save() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        hand(new Order.Save(done));
        if (committer.hasEnded()) {
            done.completeExceptionally(new StoreException("'" + file + "' is closed"));
        }
        return done;
    }

    private void hand(Order order) {
        orders.add(order);
        committer.wake();
    }

    @Override
    public boolean isBehind() {
        return backlogBytes.get() > HIGH_WATER_BYTES;
    }

    @Override
    public void whenNotBehind(Runnable task) {
        waiting.add(task);
        if (!isBehind()) {
            letGoOn();
        }
    }

    /** The committer took so much out of the queue and wrote it. */
    private void written(long bytes) {
        backlogBytes.addAndGet(-bytes);
        if (!isBehind()) {
            letGoOn();
        }
    }

    private void letGoOn() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }

    @Override
    public void close() {
        committer.close();
    }

    @Override
    public String toString() {
        return "store in " + file;
    }
}
