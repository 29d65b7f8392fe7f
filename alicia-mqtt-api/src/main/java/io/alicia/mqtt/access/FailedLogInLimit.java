package io.alicia.mqtt.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts failed log-ins and says who has to wait: an address that fails too often for one account, and an address that
 * fails too often for whatever accounts. An account is never closed to addresses that did not fail, so nobody locks
 * out another.
 *
 * <p>Ask {@link #waitFor} before a password is looked at, and report the outcome. Safe for any number of threads; its
 * memory is bounded.
 */
public final class FailedLogInLimit {

    private static final int ACCOUNTS_PER_ADDRESS = 5;
    private static final int MOST_TRACKED = 20_000;

    /** An address, and one account or all of them. */
    private record Key(String address, @Nullable String account) {}

    private record Failures(int count, Instant last) {}

    private final int mostFailures;
    private final Duration pause;
    private final InstantSource clock;
    private final Map<Key, Failures> failures = new ConcurrentHashMap<>();

    /**
     * A limit of {@code mostFailures} for one account from one address, and five times as many for one address.
     *
     * @param mostFailures at least 1; the next attempt after as many failures has to wait
     * @param pause how long it has to wait, counted from the last failure; as long afterwards a failure is forgotten
     * @param clock the time
     */
    public FailedLogInLimit(int mostFailures, Duration pause, InstantSource clock) {
        if (mostFailures < 1) {
            throw new IllegalArgumentException("expected at least 1 failure, not " + mostFailures);
        }
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("expected a pause of more than nothing, not " + pause);
        }
        this.mostFailures = mostFailures;
        this.pause = pause;
        this.clock = clock;
    }

    /** How long {@code logIn} has to wait; empty if its password may be looked at. A log-in without an address never waits. */
    public Optional<Duration> waitFor(LogIn logIn) {
        String address = logIn.remoteAddress().orElse(null);
        if (address == null) {
            return Optional.empty();
        }
        Duration wait = max(
                wait(new Key(address, null), mostFailures * ACCOUNTS_PER_ADDRESS),
                wait(new Key(address, logIn.account().orElse("")), mostFailures));
        return wait.isZero() ? Optional.empty() : Optional.of(wait);
    }

    private Duration wait(Key key, int most) {
        Failures failed = failures.get(key);
        if (failed == null || failed.count() < most) {
            return Duration.ZERO;
        }
        return max(
                Duration.ZERO, Duration.between(clock.instant(), failed.last().plus(pause)));
    }

    private static Duration max(Duration left, Duration right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    /** Reports that {@code logIn} was refused for what it showed. */
    public void failed(LogIn logIn) {
        logIn.remoteAddress().ifPresent(address -> {
            count(new Key(address, null));
            count(new Key(address, logIn.account().orElse("")));
        });
    }

    /** Reports that {@code logIn} was let in: its account's failures are forgotten, those of its address are not. */
    public void succeeded(LogIn logIn) {
        logIn.remoteAddress()
                .ifPresent(address ->
                        failures.remove(new Key(address, logIn.account().orElse(""))));
    }

    private void count(Key key) {
        Instant now = clock.instant();
        if (failures.size() >= MOST_TRACKED) {
            failures.values().removeIf(failed -> isForgotten(failed, now));
            if (failures.size() >= MOST_TRACKED) {
                // Somebody tries from thousands of addresses. Whichever entries go, memory stays bounded.
                failures.keySet().stream().limit(MOST_TRACKED / 10).forEach(failures::remove);
            }
        }
        failures.merge(
                key,
                new Failures(1, now),
                (before, one) -> new Failures(isForgotten(before, now) ? 1 : before.count() + 1, now));
    }

    private boolean isForgotten(Failures failed, Instant now) {
        return !now.isBefore(failed.last().plus(pause));
    }

    int tracked() {
        return failures.size();
    }
}
