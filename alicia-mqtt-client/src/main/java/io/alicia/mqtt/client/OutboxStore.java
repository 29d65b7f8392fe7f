package io.alicia.mqtt.client;

import io.reactivex.rxjava3.core.Completable;
import java.util.List;

/**
 * What outlives this process of an {@link Outbox}. Every method is called in the client's {@link Lane} and returns at once; what
 * takes time happens elsewhere, in the order of the calls.
 */
interface OutboxStore {

    /**
     * A message of an earlier process.
     *
     * @param sequence its place in the order of publishing
     * @param message the message, and when it was accepted
     */
    record Restored(long sequence, StoredMessage message) {}

    /** Keeps nothing: what is published lives and ends with the process. */
    OutboxStore NONE = new OutboxStore() {
        @Override
        public List<Restored> restored() {
            return List.of();
        }

        @Override
        public void keep(Outgoing message) {
            message.kept(false);
        }

        @Override
        public void keepSoon(Outgoing message) {
            message.kept(false);
        }

        @Override
        public void markSent(List<Outgoing> messages, Runnable whenSafe) {
            whenSafe.run();
        }

        @Override
        public void markReceived(Outgoing message, Runnable whenSafe) {
            whenSafe.run();
        }

        @Override
        public void whenWritten(Runnable then) {
            then.run();
        }

        @Override
        public void forget(Outgoing message) {
            message.kept(false);
        }

        @Override
        public Completable close() {
            return Completable.complete();
        }
    };

    /** What was kept when this was opened, in the order of publishing. */
    List<Restored> restored();

    /** Keeps a message that waits, or one that waits again; not with QoS 0, which is worth no second process. */
    void keep(Outgoing message);

    /** Keeps a message that was {@linkplain #markSent marked} and not sent, or that is to be sent again. */
    default void keepUnsent(Outgoing message) {
        message.marked(false);
        message.progress(StoredMessage.Progress.WAITING);
        keep(message);
    }

    /** Keeps a message that is under way already, unless it is forgotten in a moment, as it is when the server answers. */
    void keepSoon(Outgoing message);

    /**
     * Notes that {@code messages} are about to be sent, and runs {@code whenSafe} when that will not be forgotten, or when the store
     * is found not {@linkplain #isWorking() to work}: those that it has are not to be sent then.
     */
    void markSent(List<Outgoing> messages, Runnable whenSafe);

    /**
     * Notes that the server has {@code message}, with QoS 2, and runs {@code whenSafe}, on any thread, when no other process will publish
     * it again; at once where none would, and when the store is found not {@linkplain #isWorking() to work}.
     */
    void markReceived(Outgoing message, Runnable whenSafe);

    /** Whether another process finds what is kept. */
    default boolean outlivesProcess() {
        return false;
    }

    /** Whether it can keep something. */
    default boolean isWorking() {
        return true;
    }

    /** Has {@code then} run, on any thread, whenever it works again after it did not. To be said at the beginning. */
    default void whenMended(Runnable then) {}

    /**
     * Runs {@code then} when all that is to be kept by now is {@link Outgoing#isOnDisk() on disk}, or is known not to get there.
     */
    void whenWritten(Runnable then);

    /** The message has come to its end. */
    void forget(Outgoing message);

    /** Writes what is not written yet; completes when that is done and nothing is left open. */
    Completable close();
}
