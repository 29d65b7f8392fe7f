package io.alicia.mqtt.client;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableEmitter;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The threads of one client beside its transport's: handlers, as many as are busy at the same time, one for what suppliers are
 * asked, and one timer, which also goes on with the client's steps when callers bring more than they can do themselves. All are
 * daemons, start when they are needed, and end with the client; the timer's stays from the client's start on, since it has to bring
 * back to life what no thread could be started for.
 */
final class ClientThreads {

    private static final Logger LOGGER = LoggerFactory.getLogger(ClientThreads.class);

    /** The key of the Client Identifier in the logging context of all threads of a client. */
    static final String MDC_CLIENT = "mqtt.client";

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration SHORTAGE = Duration.ofMillis(100);

    private final Handlers handlerThreads;
    private final ThreadPoolExecutor supplierThread;
    private final ScheduledThreadPoolExecutor timerThread;
    private final Scheduler handlers;
    private final Scheduler suppliers;
    private final Scheduler timer;
    private final InstantSource wallClock;
    private final Results results;

    /** Named after the client; {@code givenTime} takes the timer's place, as a test's virtual clock does. */
    ClientThreads(String clientIdentifier, @Nullable Scheduler givenTime) {
        this(clientIdentifier, givenTime, Thread::new);
    }

    /** The same with threads that {@code makes} makes. */
    ClientThreads(String clientIdentifier, @Nullable Scheduler givenTime, ThreadFactory makes) {
        String name = "alicia-mqtt-" + clientIdentifier;
        supplierThread = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                daemons(makes, clientIdentifier, name + "-supplier-"));
        supplierThread.allowCoreThreadTimeOut(true);
        // What would come after the end is awaited by nobody: all that waits for this client ends with it.
        timerThread = new ScheduledThreadPoolExecutor(
                1, daemons(makes, clientIdentifier, name + "-timer-"), new ThreadPoolExecutor.DiscardPolicy());
        timerThread.setRemoveOnCancelPolicy(true);
        handlerThreads = new Handlers(daemons(makes, clientIdentifier, name + "-handler-"), timerThread);
        handlers = Schedulers.from(handlerThreads);
        suppliers = Schedulers.from(supplierThread, true);
        results = new Results(handlerThreads, timerThread);
        timer = givenTime == null ? new SteadyTime(Schedulers.from(timerThread), System::nanoTime) : givenTime;
        wallClock = givenTime == null
                ? InstantSource.system()
                : () -> Instant.ofEpochMilli(givenTime.now(TimeUnit.MILLISECONDS));
    }

    private static ThreadFactory daemons(ThreadFactory makes, String clientIdentifier, String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = makes.newThread(() -> {
                MDC.put(MDC_CLIENT, clientIdentifier);
                task.run();
            });
            thread.setName(prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Starts the timer's thread, so that from here on none is needed for what has to go on.
     *
     * @throws OutOfMemoryError if there is none to be had
     */
    void start() {
        timerThread.prestartCoreThread();
    }

    /** Runs what users wrote; may block. Where no thread can be started for a while, it takes that long. */
    Scheduler handlers() {
        return handlers;
    }

    /** Asks suppliers of users', one at a time so that those that hang do not pile up; may block, and is interrupted if disposed. */
    Scheduler suppliers() {
        return suppliers;
    }

    /** Tells callers their results, where they may block. */
    Results results() {
        return results;
    }

    /** Measures time, see {@link SteadyTime}; its tasks are short and never block. */
    Scheduler timer() {
        return timer;
    }

    /**
     * Goes on with a {@link Lane}, in turn with what it is time for; a task is short and never blocks. After the end it throws, and
     * tasks that were not begun by then are lost.
     */
    Executor relief() {
        return task -> {
            timerThread.execute(task);
            if (timerThread.isShutdown()) { // or it would be lost without a word
                throw new RejectedExecutionException("the client is closed");
            }
        };
    }

    /** Tells the time of day, for others to read; it may jump. */
    InstantSource wallClock() {
        return wallClock;
    }

    /** Something begins that {@link #idle} has to wait for, on whatever thread. */
    void begin() {
        handlerThreads.begin();
    }

    /** It has ended. */
    void end() {
        handlerThreads.end();
    }

    /** Completes when no handler is at work, and none is between its {@link #begin} and {@link #end}. */
    Completable idle() {
        return handlerThreads.idle();
    }

    /** Ends them; what is still at work is interrupted. What has to be told later has a thread of its own for as long as that takes. */
    void close() {
        supplierThread.shutdownNow();
        if (handlerThreads.isIdle()) {
            handlerThreads.shutdown();
        } else {
            handlerThreads.shutdownNow();
        }
        timerThread.shutdownNow();
        handlerThreads.startWaiting();
    }

    /**
     * As many threads as are busy, and knows whether any is. Where the machine gives no thread, as at the limit of a container, the
     * task waits until one is free or can be started: whoever hands something over relies on it being done once. Before the
     * client's start and after its end there is nothing to wait in, and it is done by whoever hands it over.
     */
    private static final class Handlers extends ThreadPoolExecutor {

        private final AtomicInteger busy = new AtomicInteger();
        private final Queue<CompletableEmitter> waiting = new ConcurrentLinkedQueue<>();
        private final Queue<Runnable> withoutThread = new ConcurrentLinkedQueue<>();
        private final ScheduledExecutorService timer;

        Handlers(ThreadFactory threads, ScheduledExecutorService timer) {
            super(0, Integer.MAX_VALUE, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), threads);
            this.timer = timer;
        }

        void begin() {
            busy.incrementAndGet();
        }

        void end() {
            if (busy.decrementAndGet() == 0) {
                tellIdle();
            }
        }

        boolean isIdle() {
            return busy.get() == 0;
        }

        Completable idle() {
            return Completable.create(emitter -> {
                waiting.add(emitter);
                if (isIdle()) {
                    tellIdle();
                }
            });
        }

        private void tellIdle() {
            CompletableEmitter next = waiting.poll();
            while (next != null) {
                next.onComplete();
                next = waiting.poll();
            }
        }

        @Override
        public void execute(Runnable task) {
            begin();
            if (!startNow(task)) {
                startLater(task);
            }
        }

        private boolean startNow(Runnable task) {
            try {
                super.execute(task);
            } catch (RejectedExecutionException e) {
                LOGGER.debug("the client is closed; what is still to be told has a thread of its own", e);
                startAfterTheEnd(task);
            } catch (Error e) { // "unable to create native thread"
                if (withoutThread.isEmpty()) {
                    LOGGER.warn("no thread can be started; what handlers are to do waits until there is one", e);
                }
                return false;
            }
            return true;
        }

        /** Nobody waits for it any more; there is no later either. */
        private void startAfterTheEnd(Runnable task) {
            try {
                getThreadFactory().newThread(task).start();
                end();
            } catch (Error e) {
                runHere(task, e);
            }
        }

        private void startLater(Runnable task) {
            withoutThread.add(task);
            try {
                ScheduledFuture<?> unused =
                        timer.schedule(this::startWaiting, SHORTAGE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (Error e) { // a client that was not started has no thread to wait in
                if (withoutThread.remove(task)) {
                    runHere(task, e);
                }
            }
            if (isShutdown()) { // meanwhile: the timer has thrown it away
                startWaiting();
            }
        }

        /** Late is better than never: somebody may wait for what it tells. */
        private void runHere(Runnable task, Error noThread) {
            LOGGER.warn("no thread can be started, nor waited for; done on this one", noThread);
            try {
                task.run();
            } catch (Throwable failure) {
                LOGGER.error("a task of a client that has no thread for it failed", failure);
            } finally {
                end();
            }
        }

        /** Starts what waits for a thread, as far as there are any. */
        void startWaiting() {
            Runnable next = withoutThread.poll();
            while (next != null) {
                if (!startNow(next)) {
                    startLater(next);
                    return;
                }
                next = withoutThread.poll();
            }
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable failure) {
            end();
        }
    }
}
