package io.alicia.mqtt.broker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock and a scheduler that stand still until the test turns them. */
public final class TestTime implements InstantSource, TaskScheduler {

    private record Task(Instant due, Runnable action) {}

    private final List<Task> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Runnable schedule(Runnable action, Duration delay) {
        Task task = new Task(now.plus(delay), action);
        tasks.add(task);
        return () -> {
            synchronized (this) {
                tasks.remove(task);
            }
        };
    }

    /** Lets the time pass; what is due meanwhile is started, in its order. */
    public void pass(Duration duration) {
        Instant end = instant().plus(duration);
        while (true) {
            Task next;
            synchronized (this) {
                next = tasks.stream()
                        .filter(task -> !task.due.isAfter(end))
                        .min(Comparator.comparing(Task::due))
                        .orElse(null);
                if (next == null) {
                    now = end;
                    return;
                }
                tasks.remove(next);
                now = next.due.isAfter(now) ? next.due : now;
            }
            next.action.run();
        }
    }

    /** How many tasks wait for their time. */
    synchronized int waiting() {
        return tasks.size();
    }
}
