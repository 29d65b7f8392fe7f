package io.alicia.mqtt.broker.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Nothing outlives the process, so everything is as safe as it gets at once, and nothing has to be recorded. */
public final class MemoryStore implements Store {

    /** The store. */
    public MemoryStore() {}

    @Override
    public boolean commitsAtOnce() {
        return true;
    }

    @Override
    public void record(Change change) {
        // It already is where it is kept: in the sessions and among the retained messages.
    }

    @Override
    public Runnable together() {
        return () -> {};
    }

    @Override
    public void whenCommitted(Executor home, Runnable task) {
        home.execute(task);
    }

    @Override
    public boolean isBehind() {
        return false;
    }

    @Override
    public void whenNotBehind(Runnable task) {
        task.run();
    }

    @Override
    public StoredState contents() {
        return StoredState.EMPTY;
    }

    @Override
    public void saveAfter(int changes) {}

    @Override
    public CompletableFuture<Void> save() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
}
