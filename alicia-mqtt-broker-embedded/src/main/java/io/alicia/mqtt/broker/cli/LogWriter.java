package io.alicia.mqtt.broker.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to one target on a thread of its own, so that a target that nobody reads stops neither the broker nor
 * another target. What does not fit into a bounded queue meanwhile is dropped and counted; the count is written as soon
 * as lines pass again.
 */
final class LogWriter {

    private static final int CAPACITY = 8192;

    private sealed interface Job {}

    private record WriteLine(String line, SyslogPriority priority) implements Job {}

    private record Reopen() implements Job {}

    private record Stop() implements Job {}

    private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final LogTarget target;

    LogWriter(String name, LogTarget target) {
        this.target = target;
        Thread thread = new Thread(this::run, "log-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Never blocks. */
    void write(String line, SyslogPriority priority) {
        if (!jobs.offer(new WriteLine(line, priority))) {
            dropped.incrementAndGet();
        }
    }

    /** Opens the target again after what was written so far; never blocks. */
    void reopen() {
        if (!jobs.offer(new Reopen())) {
            dropped.incrementAndGet();
        }
    }

    /** Ends after what was written so far, or gives up on a target that does not take it in time. */
    void close(Duration patience) {
        try {
            if (jobs.offer(new Stop(), patience.toMillis(), TimeUnit.MILLISECONDS)) {
                stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean running = true;
            while (running) {
                running = step(jobs.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private boolean step(@Nullable Job first) {
        // A target that fails has nowhere to say so: the lines are lost, the broker goes on.
        try {
            boolean running = true;
            for (Job job = first; job != null && running; job = jobs.poll()) {
                running = handle(job);
            }
            reportDropped();
            target.flush();
            return running;
        } catch (IOException e) {
            dropped.incrementAndGet();
            return true;
        }
    }

    private boolean handle(Job job) throws IOException {
        if (job instanceof WriteLine write) {
            target.write(write.line(), write.priority());
        } else if (job instanceof Reopen) {
            target.reopen();
        } else {
            reportDropped();
            target.flush();
            target.close();
            return false;
        }
        return true;
    }

    private void reportDropped() throws IOException {
        long count = dropped.getAndSet(0);
        if (count > 0) {
            target.write("Warning: " + count + " log lines were dropped.\n", SyslogPriority.WARNING);
        }
    }
}
