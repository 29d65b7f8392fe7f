package io.alicia.mqtt.broker.session;

import java.time.Duration;

/** Runs something later on an event loop; the real one uses the loop's own timer, tests turn the time by hand. */
@FunctionalInterface
public interface Timers {

    /**
     * Runs a task once.
     *
     * @param home where the task runs
     * @param delay from now
     * @param task what to run
     * @return stops the task if it has not run; may be called on the home loop at any time, also afterwards
     */
    Runnable schedule(BrokerLoop home, Duration delay, Runnable task);
}
