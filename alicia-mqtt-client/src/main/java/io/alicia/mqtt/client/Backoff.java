package io.alicia.mqtt.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts to connect: doubling from {@code first} to {@code longest}, each wait drawn at random
 * from its upper half, so that the clients of a restarted server do not come back in step.
 *
 * @param first the first wait; zero or more
 * @param longest the longest wait; also the wait after a failure that waiting alone does not heal, such as wrong credentials
 */
public record Backoff(Duration first, Duration longest) {

    /** From half a second to a minute. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));

    /** Refuses negative waits, and a first one beyond the longest. */
    public Backoff {
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "back-off from " + first + " to " + longest + ": expected 0 <= first <= longest");
        }
    }

    /** The wait before the attempt that follows {@code failures} failed ones; none at all for a first wait of zero. */
    Duration delay(int failures, RandomGenerator random) {
        int doublings = Math.min(Math.max(failures - 1, 0), 30);
        long limitMillis = longest.toMillis();
        long firstMillis = first.toMillis();
        long millis = firstMillis > limitMillis >> doublings ? limitMillis : firstMillis << doublings;
        return jittered(millis, random);
    }

    /** The wait after a failure that only a human heals. */
    Duration longDelay(RandomGenerator random) {
        return jittered(longest.toMillis(), random);
    }

    private static Duration jittered(long millis, RandomGenerator random) {
        return Duration.ofMillis(millis - (millis < 2 ? 0 : random.nextLong(millis / 2)));
    }
}
