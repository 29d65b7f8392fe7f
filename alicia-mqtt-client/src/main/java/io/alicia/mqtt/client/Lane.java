package io.alicia.mqtt.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other on whichever thread comes first, without a lock and without a thread of its own: what is
 * only touched in here needs no other protection. Tasks are short and never block.
 *
 * <p>Whoever comes first runs a share of what others add meanwhile, and no more: the rest is handed over to a thread that has the time.
 * As long as that is at it, others leave their tasks and go.
 */
final class Lane implements Executor {

    private static final Logger LOGGER = LoggerFactory.getLogger(Lane.class);

    /** How many tasks of others a thread runs, which takes it less than a millisecond. */
    static final int SHARE = 100;

    private final Executor relief;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** There are tasks, and nobody runs them: whoever takes this back does. */
    private final AtomicBoolean handedOver = new AtomicBoolean();

    /** Whose turn it is if both wait; in the lane. */
    private boolean answersNext = true;

    /**
     * A lane whose long queues {@code relief} works off, a share at a time. Where that throws whoever is there goes on; what it has
     * lost is taken up by {@link #takeOver}.
     */
    Lane(Executor relief) {
        this.relief = relief;
    }

    /** Runs {@code task} now, or after those that are there already; a task that fails, however badly, is logged and stops nothing. */
    @Override
    public void execute(Runnable task) {
        if (!tryExecute(task)) {
            add(tasks, task);
        }
    }

    /** Runs {@code task} now if there is no other, and tells whether it did. */
    boolean tryExecute(Runnable task) {
        return tryExecute(Runnable::run, task);
    }

    /** The same for what is done {@code with} something, without an object of its own for each. */
    <T> boolean tryExecute(Consumer<? super T> task, T with) {
        if (waiting.get() != 0 || !waiting.compareAndSet(0, 1)) {
            return false;
        }
        run(task, with);
        if (waiting.decrementAndGet() > 0) {
            runShare();
        }
        return true;
    }

    /** The same as {@link #execute} for what a server has answered: takes turns with the tasks that wait, however many these are. */
    void executeAnswer(Runnable task) {
        if (!tryExecute(task)) {
            add(answers, task);
        }
    }

    private void add(Queue<Runnable> queue, Runnable task) {
        queue.add(task);
        if (waiting.getAndIncrement() == 0) {
            runShare();
        }
    }

    /** There is at least one task, and this thread alone may run it. */
    private void runShare() {
        int left = SHARE;
        do {
            if (left == 0) {
                if (handOver()) {
                    return;
                }
                left = SHARE;
            }
            left--;
            run(Runnable::run, next());
        } while (waiting.decrementAndGet() > 0);
    }

    /** Never without one: a task is added before it is counted. */
    private Runnable next() {
        @Nullable Runnable next = answersNext ? answers.poll() : tasks.poll();
        if (next != null) {
            answersNext = !answersNext;
            return next;
        }
        return answersNext ? tasks.remove() : answers.remove();
    }

    /** Tells whether somebody else goes on. */
    private boolean handOver() {
        handedOver.set(true);
        try {
            relief.execute(this::takeOver);
            return true;
        } catch (Throwable noRelief) { // the client is closed, or "unable to create native thread": this one goes on
            return !handedOver.compareAndSet(true, false);
        }
    }

    /** Goes on, unless somebody does already. */
    void takeOver() {
        if (handedOver.compareAndSet(true, false)) {
            runShare();
        }
    }

    private static <T> void run(Consumer<? super T> task, T with) {
        try {
            task.accept(with);
        } catch (Throwable failure) { // memory or threads may be there again for the next one
            tell(failure);
        }
    }

    /**
     * Where memory ran out the logger may fail as well, and then there is nobody left to tell, and nothing may be made of it either:
     * Java has one such error for all, which takes itself for no other.
     */
    private static void tell(Throwable failure) {
        try {
            LOGGER.error("a step of the client failed", failure);
        } catch (Throwable untold) {
            return; // the lane goes on
        }
    }
}
