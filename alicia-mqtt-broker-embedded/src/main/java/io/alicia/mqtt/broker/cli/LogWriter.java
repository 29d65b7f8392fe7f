package io.alicia.mqtt.broker.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
    private final Consumer<IOException> failed;
    /** Lines that the target was given and may not have passed on yet. */
    private int handed;

    private boolean failing;

    /**
     * One that writes at once.
     *
     * @param failed hears of it when the target begins to fail, on the writer's thread
     */
    LogWriter(String name, LogTarget target, Consumer<IOException> failed) {
        this.target = target;
        this.failed = failed;
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

    /** Lines that were dropped since the target was told of some. */
    long lost() {
        return dropped.get();
    }

    /** Opens the target again after what was written so far; never blocks. */
    void reopen() {
        if (!jobs.offer(new Reopen())) {
            dropped.incrementAndGet();
        }
    }

    /**
     * Ends after what was written so far, or gives up on a target that does not take it in time.
     *
     * @return whether it has ended
     */
    boolean close(Duration patience) {
        try {
            return jobs.offer(new Stop(), patience.toMillis(), TimeUnit.MILLISECONDS)
                    && stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        try {
            boolean running = true;
            while (running) {
                running = step(jobs.take());
            }
            closeTarget();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private boolean step(@Nullable Job first) {
        boolean running = true;
        handed = 0;
        try {
            for (Job job = first; job != null && running; job = jobs.poll()) {
                running = !(job instanceof Stop);
                handle(job);
            }
            flush();
            failing = false;
        } catch (IOException e) {
            // The lines are lost and counted, the broker goes on.
            dropped.addAndGet(Math.max(1, handed));
            tell(e);
        }
        return running;
    }

    private void flush() throws IOException {
        long count = dropped.get();
        if (count > 0) {
            target.write("Warning: " + count + " log lines were dropped.\n", SyslogPriority.WARNING);
        }
        target.flush();
        dropped.addAndGet(-count);
    }

    private void closeTarget() {
        try {
            target.close();
        } catch (IOException e) {
            tell(e);
        }
    }

    private void tell(IOException failure) {
        if (!failing) {
            failing = true;
            failed.accept(failure);
        }
    }

    private void handle(Job job) throws IOException {
        if (job instanceof WriteLine write) {
            handed++;
            target.write(write.line(), write.priority());
        } else if (job instanceof Reopen) {
            target.reopen();
        }
    }
}
