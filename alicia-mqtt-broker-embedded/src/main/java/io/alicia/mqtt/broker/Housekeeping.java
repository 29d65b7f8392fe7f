package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.session.Broker;
import io.alicia.mqtt.broker.session.BrokerLoop;
import io.alicia.mqtt.broker.session.Timers;
import java.time.Duration;

/** What a broker does at intervals, with nobody asking for it. Its settings may change while it runs. */
final class Housekeeping {

    private final Broker broker;
    private final Timers timers;
    private Runnable stopSaving = () -> {};
    private Runnable stopExpiring = () -> {};

    Housekeeping(Broker broker, Timers timers) {
        this.broker = broker;
        this.timers = timers;
    }

    /** Goes on as a configuration says, in place of what held before. */
    synchronized void follow(BrokerConfig config) {
        stop();
        Duration saving =
                config.persistence().map(PersistenceConfig::autosaveInterval).orElse(Duration.ZERO);
        stopSaving = every(saving, this::save);
        broker.store()
                .saveAfter(config.persistence()
                        .map(PersistenceConfig::autosaveChanges)
                        .orElse(0));
        stopExpiring = every(
                config.retainExpiryInterval().orElse(Duration.ZERO),
                () -> broker.retained().removeExpired(broker.loops().get(0)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the store itself tells the operator what fails
    private void save() {
        broker.store().save();
    }

    synchronized void stop() {
        stopSaving.run();
        stopExpiring.run();
    }

    /** Runs a task again and again; returns what ends that. */
    private Runnable every(Duration interval, Runnable task) {
        if (interval.isZero()) {
            return () -> {};
        }
        Repetition repetition = new Repetition(interval, task);
        repetition.schedule();
        return repetition::stop;
    }

    /** On one event loop, but stopped from any thread. */
    private final class Repetition {

        private final Duration interval;
        private final Runnable task;
        private final BrokerLoop home = broker.loops().get(0);
        private volatile boolean stopped;
        private volatile Runnable stopNext = () -> {};

        Repetition(Duration interval, Runnable task) {
            this.interval = interval;
            this.task = task;
        }

        void schedule() {
            stopNext = timers.schedule(home, interval, () -> {
                if (!stopped) {
                    schedule();
                    task.run();
                }
            });
        }

        void stop() {
            stopped = true;
            stopNext.run();
        }
    }
}
