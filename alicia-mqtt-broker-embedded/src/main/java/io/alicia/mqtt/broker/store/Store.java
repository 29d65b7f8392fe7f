package io.alicia.mqtt.broker.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What keeps the broker's state. Whoever changes something worth keeping tells it with {@link #record}, and acknowledges
 * to a client only when {@link #whenCommitted} says that everything up to then is safe; the store may gather what all
 * event loops tell it into one commit. No method but {@link #close} blocks; all may be called from any thread.
 */
public interface Store extends AutoCloseable {

    /**
     * {@return whether everything is as safe as it gets at once, so that nobody has to record anything or to wait}
     *
     * <p>Never changes.
     */
    boolean commitsAtOnce();

    /**
     * Takes a change over. Changes of one thread are applied in their order, and either all that were recorded before a
     * {@link #whenCommitted} of the same thread outlive a crash, or its task does not run.
     *
     * @param change what is different now
     */
    void record(Change change);

    /**
     * Begins something that may take several threads and outlives a crash as a whole or not at all: nothing is committed
     * between this call and the end of it.
     *
     * @return ends it, from any thread, once; has to be run soon, as all that waits for a commit waits for it
     */
    Runnable together();

    /**
     * Runs a task when everything that was recorded before is committed. Tasks for one executor run in the order of the
     * calls of one thread.
     *
     * @param home where the task runs
     * @param task what to run
     */
    void whenCommitted(Executor home, Runnable task);

    /** {@return whether so much waits to be committed that whoever causes more should wait} */
    boolean isBehind();

    /**
     * Runs a task when the store is not {@linkplain #isBehind() behind}, perhaps at once.
     *
     * @param task what to run, on any thread; does not block
     */
    void whenNotBehind(Runnable task);

    /** {@return what was there when the store was opened; read once, before anything is recorded} */
    StoredState contents();

    /**
     * Saves by itself after so many changes.
     *
     * @param changes subscriptions made and ended, retained messages received, messages queued; 0 for never
     */
    void saveAfter(int changes);

    /**
     * Brings everything recorded so far to the disk itself, so that it also outlives a loss of power.
     *
     * @return done when it is there; fails with a {@link StoreException} that can be shown to an operator
     */
    CompletableFuture<Void> save();

    /** Saves and ends; what is recorded afterwards is lost. A second call does nothing. */
    @Override
    void close();
}
