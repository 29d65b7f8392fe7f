package io.alicia.mqtt.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts to connect: doubling from {@code first} to {@code longest}, each wait drawn at random
 * from its upper half, so that the clients of a restarted server do not come back in step.
 *
 * @param first the first wait; zero or more
 * @param longest the longest wait, but for failures that waiting alone does not heal, such as wrong credentials: after the first of
 *     them it is the wait, which doubles with each further one up to five minutes, and begins anew with a connection that lasts
 */
public record Backoff(Duration first, Duration longest) {

    /** From half a second to a minute. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));

    private static final Duration LONGEST_AFTER_REFUSALS = Duration.ofMinutes(5);

    /** Refuses negative waits, and a first one beyond the longest; a wait of more than a century is one of a century. */
    public Backoff {
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "back-off from " + first + " to " + longest + ": expected 0 <= first <= longest");
        }
        first = Limits.atMost(Limits.FOREVER, first);
        longest = Limits.atMost(Limits.FOREVER, longest);
    }

    /** The wait before the attempt that follows {@code failures} failed ones; none at all for a first wait of zero. */
    Duration delay(int failures, RandomGenerator random) {
        return jittered(doubled(first.toMillis(), failures, longest.toMillis()), random);
    }

    /** The wait after {@code refusals} failures that only a human heals. */
    Duration longDelay(int refusals, RandomGenerator random) {
        long limitMillis = Math.max(longest.toMillis(), LONGEST_AFTER_REFUSALS.toMillis());
        return jittered(doubled(longest.toMillis(), refusals, limitMillis), random);
    }

    private static long doubled(long millis, int times, long limitMillis) {
        int doublings = Math.min(Math.max(times - 1, 0), 30);
        return millis > limitMillis >> doublings ? limitMillis : millis << doublings;
    }

    private static Duration jittered(long millis, RandomGenerator random) {
        return Duration.ofMillis(millis - (millis < 2 ? 0 : random.nextLong(millis / 2)));
    }
}
