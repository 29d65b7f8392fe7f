package io.alicia.mqtt.broker.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one warning a minute through where each message could cause one. From any thread. */
final class OnceAMinute {

    private static final long NEVER = Long.MIN_VALUE;

    private final AtomicLong last = new AtomicLong(NEVER);

    /** {@return whether a minute has passed since this was true; true at first} */
    boolean isDue(long nowMillis) {
        long before = last.get();
        boolean due = before == NEVER || Math.abs(nowMillis - before) >= TimeUnit.MINUTES.toMillis(1);
        return due && last.compareAndSet(before, nowMillis);
    }
}
