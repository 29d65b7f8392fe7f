package io.alicia.mqtt.client;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The threads of one client beside its transport's: handlers, as many as are busy at the same time, one for what suppliers are
 * asked, and one timer. All are daemons, start when they are needed, and end with the client.
 */
final class ClientThreads {

    /** The key of the Client Identifier in the logging context of all threads of a client. */
    static final String MDC_CLIENT = "mqtt.client";

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ExecutorService handlerThreads;
    private final ThreadPoolExecutor supplierThread;
    private final ScheduledThreadPoolExecutor timerThread;
    private final Scheduler handlers;
    private final Scheduler suppliers;
    private final Scheduler timer;
    private final Results results;

    /** Named after the client; {@code givenTime} takes the timer's place, as a test's virtual clock does. */
    ClientThreads(String clientIdentifier, @Nullable Scheduler givenTime) {
        String name = "alicia-mqtt-" + clientIdentifier;
        handlerThreads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                daemons(clientIdentifier, name + "-handler-"));
        supplierThread = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                daemons(clientIdentifier, name + "-supplier-"));
        supplierThread.allowCoreThreadTimeOut(true);
        timerThread = new ScheduledThreadPoolExecutor(1, daemons(clientIdentifier, name + "-timer-"));
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

    /** Lets busy handlers finish what they are at, takes nothing new. */
    void close() {
        timerThread.shutdownNow();
        supplierThread.shutdownNow();
        handlerThreads.shutdown();
    }
}
