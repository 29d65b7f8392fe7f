package io.alicia.mqtt.broker.conformance;

import io.alicia.mqtt.broker.TaskScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Time that passes when a test says so; what is due then runs on the test's thread. */
final class TurnedTime implements InstantSource, TaskScheduler {

    private record Due(Instant at, long number, Runnable task) {}

    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long scheduled;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Runnable schedule(Runnable task, Duration delay) {
        Due due = new Due(now.plus(delay), scheduled++, task);
        waiting.add(due);
        return () -> cancel(due);
    }

    private synchronized void cancel(Due due) {
        waiting.remove(due);
    }

    void elapse(Duration time) {
        for (Runnable task : turn(time)) {
            task.run();
        }
    }

    private synchronized List<Runnable> turn(Duration time) {
        now = now.plus(time);
        List<Runnable> due = new ArrayList<>();
        while (!waiting.isEmpty() && !waiting.element().at.isAfter(now)) {
            due.add(waiting.remove().task);
        }
        return due;
    }
}
