package io.alicia.mqtt.broker;

import java.time.Duration;

/**
 * Runs something later: the time that a broker waits for keep alive, session expiry and delayed wills. A test that turns
 * its own clock gives the broker one of these together with that clock.
 */
@FunctionalInterface
public interface TaskScheduler {

    /**
     * Runs a task once, on any thread.
     *
     * @param task what to run; does not block
     * @param delay from now
     * @return stops the task if it has not run; harmless afterwards
     */
    Runnable schedule(Runnable task, Duration delay);
}
