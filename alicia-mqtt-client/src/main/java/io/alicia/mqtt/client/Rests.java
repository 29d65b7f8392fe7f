package io.alicia.mqtt.client;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which of the configured servers are left in peace for a while, because they refused what asking again does not change, such as
 * wrong credentials: each has a wait of its own, whatever the others say. Times are in milliseconds. Confined to the client's {@link Lane}.
 */
final class Rests {

    private final Backoff backoff;
    private final RandomGenerator random;
    private final int[] refusalsInARow;
    private final long[] over;

    Rests(int servers, Backoff backoff, RandomGenerator random) {
        this.backoff = backoff;
        this.random = random;
        this.refusalsInARow = new int[servers];
        this.over = new long[servers];
        Arrays.fill(over, Long.MIN_VALUE);
    }

    void refused(int place, long now) {
        refusalsInARow[place]++;
        over[place] = now + backoff.longDelay(refusalsInARow[place], random).toMillis();
    }

    /** A connection has lasted: whatever comes is new. */
    void lasted(int place) {
        refusalsInARow[place] = 0;
        over[place] = Long.MIN_VALUE;
    }

    boolean isOver(int place, long now) {
        return over[place] <= now;
    }

    /** Whose rest is over first. */
    int next() {
        int next = 0;
        for (int place = 1; place < over.length; place++) {
            next = over[place] < over[next] ? place : next;
        }
        return next;
    }

    /** How long it is until the first may be asked; 0 if one may be now. */
    long left(long now) {
        return isOver(next(), now) ? 0 : over[next()] - now;
    }
}
