package io.alicia.mqtt.broker.store;

import java.util.concurrent.Executor;

/**
 * What keeps messages safe. A session acknowledges a message only when the store says that everything up to then is
 * committed; the store may gather many such questions, of all event loops, into one commit.
 */
public interface Store {

    /** {@return whether everything is committed at once, so that nobody has to ask} */
    boolean commitsAtOnce();

    /**
     * Runs a task when everything that the caller has handed over is committed. Tasks of one caller run in the order of
     * the calls.
     *
     * @param home where the task runs
     * @param task what to run
     */
    void whenCommitted(Executor home, Runnable task);
}
