package io.alicia.mqtt.broker.session;

import java.util.ArrayDeque;

/**
 * Acknowledgements of one connection that wait for the store, in the order of the messages [MQTT-4.6.0-2],
 * [MQTT-4.6.0-3]: one that is safe early waits for those before it. Belongs to the session's event loop.
 */
final class Acknowledgements {

    private static final class Pending {

        private final Runnable acknowledge;
        private boolean safe;

        Pending(Runnable acknowledge) {
            this.acknowledge = acknowledge;
        }
    }

    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final Session session;
    private final Journal journal;

    Acknowledgements(Session session, Journal journal) {
        this.session = session;
        this.journal = journal;
    }

    /**
     * Runs {@code arrived} when every event loop has taken the message in, on any thread, and {@code acknowledge} when all
     * of it is committed.
     */
    void add(Arrivals arrivals, Runnable arrived, Runnable acknowledge) {
        Pending added = new Pending(acknowledge);
        pending.add(added);
        arrivals.whenAll(() -> {
            arrived.run();
            journal.store().whenCommitted(session.home(), () -> {
                added.safe = true;
                acknowledgeInOrder();
            });
        });
    }

    private void acknowledgeInOrder() {
        for (Pending first = pending.peek(); first != null && first.safe; first = pending.peek()) {
            pending.remove();
            first.acknowledge.run();
        }
    }
}
