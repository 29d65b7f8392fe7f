package io.alicia.mqtt.broker.monitoring;

import java.util.Locale;

/**
 * What happened a minute, averaged with a weight that falls off exponentially, as Mosquitto and Unix load averages do.
 * Not for several threads.
 */
final class LoadAverage {

    private static final double SMALLEST_CHANGE = 0.01;

    private final double periodSeconds;
    private double perMinute;
    private boolean changed;

    /** An average over about {@code periodMinutes}. */
    LoadAverage(int periodMinutes) {
        this.periodSeconds = periodMinutes * 60.0;
    }

    /** So much happened in the seconds since the last call. */
    void add(long count, double elapsedSeconds) {
        double recent = count * 60.0 / elapsedSeconds;
        double next = recent + Math.exp(-elapsedSeconds / periodSeconds) * (perMinute - recent);
        changed = Math.abs(next - perMinute) >= SMALLEST_CHANGE;
        perMinute = next;
    }

    /** Whether the last call made a difference worth telling. */
    boolean hasChanged() {
        return changed;
    }

    /** With two digits behind the point. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f", perMinute);
    }
}
