package io.alicia.mqtt.client;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A {@link Scheduler} whose {@link #now} goes on as steadily as what waits in it: it tells how long it is since some beginning, no
 * time of day. That of the wall clock jumps, by decades when a computer without a clock of its own hears of the time, and a deadline
 * must neither come early nor late by it.
 */
final class SteadyTime extends Scheduler {

    private final Scheduler waits;
    private final LongSupplier nanos;
    private final long beginning;

    /** What is scheduled waits in {@code waits}; {@code nanos} counts nanoseconds, as {@link System#nanoTime} does. */
    SteadyTime(Scheduler waits, LongSupplier nanos) {
        this.waits = waits;
        this.nanos = nanos;
        this.beginning = nanos.getAsLong();
    }

    @Override
    public long now(TimeUnit unit) {
        return unit.convert(nanos.getAsLong() - beginning, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable scheduleDirect(Runnable task, long delay, TimeUnit unit) {
        return waits.scheduleDirect(task, delay, unit);
    }

    @Override
    public Worker createWorker() {
        Worker worker = waits.createWorker();
        return new Worker() {
            @Override
            public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
                return worker.schedule(task, delay, unit);
            }

            @Override
            public long now(TimeUnit unit) {
                return SteadyTime.this.now(unit);
            }

            @Override
            public void dispose() {
                worker.dispose();
            }

            @Override
            public boolean isDisposed() {
                return worker.isDisposed();
            }
        };
    }
}
