package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.FailedLogInLimit;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many clients one address, or one /64 of IPv6, may connect in a second; who waited may connect as many at once. Safe for any number of
 * threads; its memory is bounded.
 */
final class ConnectRate {

    private static final int MOST_TRACKED = 20_000;

    /** What an address has left, as of a time. */
    private record Bucket(double left, long atMillis) {}

    private final int perSecond;
    private final InstantSource clock;
    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();

    ConnectRate(int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** Whether one more is allowed; then it is counted. */
    boolean tryTake(String address) {
        if (perSecond == Integer.MAX_VALUE) {
            return true;
        }
        long now = clock.millis();
        if (buckets.size() >= MOST_TRACKED) {
            // Whoever has been silent for a second may have a full bucket again, and that is what a new one is.
            buckets.values().removeIf(bucket -> now - bucket.atMillis() >= 1000);
        }
        boolean[] taken = new boolean[1];
        buckets.compute(FailedLogInLimit.networkOf(address), (key, before) -> {
            double left = before == null
                    ? perSecond
                    : Math.min(perSecond, before.left() + perSecond * (now - before.atMillis()) / 1000.0);
            taken[0] = left >= 1;
            return new Bucket(taken[0] ? left - 1 : left, now);
        });
        return taken[0];
    }
}
