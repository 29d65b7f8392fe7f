package io.alicia.mqtt.client;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableEmitter;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
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
 * asked, and one timer. All are daemons, start when they are needed, and end with the client.
 */
final class ClientThreads {

    private static final Logger LOGGER = LoggerFactory.getLogger(ClientThreads.class);

    /** The key of the Client Identifier in the logging context of all threads of a client. */
    static final String MDC_CLIENT = "mqtt.client";

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Handlers handlerThreads;
    private final ThreadPoolExecutor supplierThread;
    private final ScheduledThreadPoolExecutor timerThread;
    private final Scheduler handlers;
    private final Scheduler suppliers;
    private final Scheduler timer;
    private final Results results;

    /** Named after the client; {@code givenTime} takes the timer's place, as a test's virtual clock does. */
    ClientThreads(String clientIdentifier, @Nullable Scheduler givenTime) {
        String name = "alicia-mqtt-" + clientIdentifier;
        handlerThreads = new Handlers(daemons(clientIdentifier, name + "-handler-"));
        supplierThread = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                daemons(clientIdentifier, name + "-supplier-"));
        supplierThread.allowCoreThreadTimeOut(true);
        // What would come after the end is awaited by nobody: all that waits for this client ends with it.
        timerThread = new ScheduledThreadPoolExecutor(
                1, daemons(clientIdentifier, name + "-timer-"), new ThreadPoolExecutor.DiscardPolicy());
        timerThread.setRemoveOnCancelPolicy(true);
        timerThread.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        timerThread.allowCoreThreadTimeOut(true);
        handlers = Schedulers.from(handlerThreads);
        suppliers = Schedulers.from(supplierThread, true);
        results = new Results(handlerThreads, timerThread);
        timer = givenTime == null ? Schedulers.from(timerThread) : givenTime;
    }

    private static ThreadFactory daemons(String clientIdentifier, String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(
                    () -> {
                        MDC.put(MDC_CLIENT, clientIdentifier);
                        task.run();
                    },
                    prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs what users wrote; may block. */
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

    /** Tells and measures time; its tasks only hand over. */
    Scheduler timer() {
        return timer;
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
    }

    /** As many threads as are busy, and knows whether any is. */
    private static final class Handlers extends ThreadPoolExecutor {

        private final AtomicInteger busy = new AtomicInteger();
        private final Queue<CompletableEmitter> waiting = new ConcurrentLinkedQueue<>();

        Handlers(ThreadFactory threads) {
            super(0, Integer.MAX_VALUE, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), threads);
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
            try {
                super.execute(task);
            } catch (RejectedExecutionException e) {
                LOGGER.debug("the client is closed; what is still to be told has a thread of its own", e);
                end();
                getThreadFactory().newThread(task).start();
            }
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable failure) {
            end();
        }
    }
}
