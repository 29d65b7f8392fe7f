package io.alicia.mqtt.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other on whichever thread comes first, without a lock and without a thread of its own: what is
 * only touched in here needs no other protection. Tasks are short and never block.
 */
final class Lane implements Executor {

    private static final Logger LOGGER = LoggerFactory.getLogger(Lane.class);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Runs {@code task} now, or after those that are there already; a task that fails, however badly, is logged and stops nothing. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        do {
            run(tasks.remove());
        } while (waiting.decrementAndGet() > 0);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) { // memory or threads may be there again for the next one
            tell(failure);
        }
    }

    /** Where memory ran out the logger may fail as well, and then there is nobody left to tell: the lane goes on. */
    private static void tell(Throwable failure) {
        try {
            LOGGER.error("a step of the client failed", failure);
        } catch (Throwable untold) {
            failure.addSuppressed(untold);
        }
    }
}
