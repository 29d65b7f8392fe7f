package io.alicia.mqtt.broker.store;

import java.util.concurrent.Executor;

/** Nothing outlives the process, so everything is as safe as it gets at once. */
public final class MemoryStore implements Store {

    /** The store. */
    public MemoryStore() {}

    @Override
    public boolean commitsAtOnce() {
        return true;
    }

    @Override
    public void whenCommitted(Executor home, Runnable task) {
        home.execute(task);
    }
}
