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
 * out another. IPv6 addresses count by their /64, the least that one network is given, so that nobody has endless fresh ones.
 *
 * <p>Ask {@link #waitFor} before a password is looked at, once more when its turn comes if it had to wait for that, and
 * {@link #decided} before the client learns the outcome. Who can tell that a wrong password is one that was wrong before
 * need not count it. It is the outcomes that are limited: of guesses that are looked at side by side no more are answered
 * than of guesses one after the other, and clients that come back all at once with the right password never wait for each
 * other. Safe for any number of threads; its memory is bounded.
 */
public final class FailedLogInLimit {

    private static final int ACCOUNTS_PER_ADDRESS = 5;
    private static final int MOST_TRACKED = 20_000;

    /** An address or its network, and one account or all of them. */
    private record Key(String address, @Nullable String account) {}

    private record Failures(int count, Instant last) {}

    private final int mostFailures;
    private final Duration pause;
    private final InstantSource clock;
    private final Map<Key, Failures> failures = new ConcurrentHashMap<>();

    /**
     * A limit of {@code mostFailures} for one account from one address, and five times as many for one address.
     *
     * @param mostFailures at least 1; after as many failures the next outcome has to wait
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

    /**
     * By what an address is counted: the /64 of one of IPv6, whose endless addresses are one guesser's; any other as it is.
     * Nothing is looked up.
     */
    public static String networkOf(String address) {
        return Networks.of(address);
    }

    /** How long {@code logIn} has to wait; empty if its password may be looked at. A log-in without an address never waits. */
    public Optional<Duration> waitFor(LogIn logIn) {
        String address = logIn.remoteAddress().map(Networks::of).orElse(null);
        if (address == null) {
            return Optional.empty();
        }
        Duration wait = max(
                wait(new Key(address, null), mostFailures * ACCOUNTS_PER_ADDRESS),
                wait(new Key(address, logIn.account().orElse("")), mostFailures));
        return wait.isZero() ? Optional.empty() : Optional.of(wait);
    }

    private Duration wait(Key key, int most) {
        return wait(failures.get(key), most);
    }

    private Duration wait(@Nullable Failures failed, int most) {
        if (failed == null || failed.count() < most) {
            return Duration.ZERO;
        }
        return max(
                Duration.ZERO, Duration.between(clock.instant(), failed.last().plus(pause)));
    }

    private static Duration max(Duration left, Duration right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    /**
     * Takes the outcome of {@code logIn} and says whether the client may learn it. A failure is counted; a success that
     * need not wait has the failures of its account forgotten, those of its address not.
     *
     * @param accepted whether what the client showed is right
     * @return how long the client has to wait, and is not to learn whether it was right; empty if it may learn it
     */
    public Optional<Duration> decided(LogIn logIn, boolean accepted) {
        if (accepted) {
            Optional<Duration> wait = waitFor(logIn);
            if (wait.isEmpty()) {
                logIn.remoteAddress()
                        .map(Networks::of)
                        .ifPresent(address ->
                                failures.remove(new Key(address, logIn.account().orElse(""))));
            }
            return wait;
        }
        String address = logIn.remoteAddress().map(Networks::of).orElse(null);
        if (address == null) {
            return Optional.empty();
        }
        Duration wait = max(
                count(new Key(address, null), mostFailures * ACCOUNTS_PER_ADDRESS),
                count(new Key(address, logIn.account().orElse("")), mostFailures));
        return wait.isZero() ? Optional.empty() : Optional.of(wait);
    }

    /** Counts one more failure, and gives how long the client had to wait if there were too many before. */
    private Duration count(Key key, int most) {
        Instant now = clock.instant();
        if (failures.size() >= MOST_TRACKED) {
            failures.values().removeIf(failed -> isForgotten(failed, now));
            if (failures.size() >= MOST_TRACKED) {
                // Somebody tries from thousands of addresses. Whichever entries go, memory stays bounded.
                failures.keySet().stream().limit(MOST_TRACKED / 10).forEach(failures::remove);
            }
        }
        Failures counted = failures.merge(
                key,
                new Failures(1, now),
                (before, one) -> new Failures(isForgotten(before, now) ? 1 : before.count() + 1, now));
        return counted.count() > most ? pause : Duration.ZERO;
    }

    private boolean isForgotten(Failures failed, Instant now) {
        return !now.isBefore(failed.last().plus(pause));
    }

    int tracked() {
        return failures.size();
    }
}
