package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.FailedLogInLimit;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.security.GuessLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How often an address may try: to connect at all, and to guess passwords. Safe for any number of threads. */
final class LogInLimits implements GuessLimit {

    private final ConnectRate rate;
    private final @Nullable FailedLogInLimit failed;
    private final BrokerCounters counters;

    LogInLimits(Quotas quotas, InstantSource clock, BrokerCounters counters) {
        this.rate = new ConnectRate(quotas.maxConnectsPerSecond(), clock);
        this.failed = quotas.maxFailedLogIns() == Integer.MAX_VALUE
                ? null
                : new FailedLogInLimit(
                        quotas.maxFailedLogIns(), Duration.ofMillis(quotas.failedLogInPauseMillis()), clock);
        this.counters = counters;
    }

    /** Why {@code logIn} is refused before anybody looks at it; empty if it is not. */
    Optional<String> refusal(LogIn logIn) {
        String address = logIn.remoteAddress().orElse(null);
        if (address != null && !rate.tryTake(address)) {
            counters.connectsTooFast().increment();
            return Optional.of("too many connections from " + address);
        }
        return refusalNow(logIn);
    }

    @Override
    public Optional<String> refusalNow(LogIn logIn) {
        return failed == null ? Optional.empty() : delayed(failed.waitFor(logIn));
    }

    @Override
    public Optional<String> decided(LogIn logIn, Authentication outcome) {
        return decided(logIn, false, outcome);
    }

    /**
     * As {@link #decided(LogIn, Authentication)}.
     *
     * @param enhanced whether by an Authentication Method, which has its own way to say who it is: CONNECT needs no
     *     User Name then, and all such clients of an address that named nobody count together
     * @return why the client is not to learn the outcome; empty if it is
     */
    Optional<String> decided(LogIn logIn, boolean enhanced, Authentication outcome) {
        return failed == null || (logIn.account().isEmpty() && !enhanced)
                ? Optional.empty()
                : delayed(failed.decided(logIn, outcome.isAccepted()));
    }

    private Optional<String> delayed(Optional<Duration> wait) {
        wait.ifPresent(duration -> counters.logInsDelayed().increment());
        return wait.map(duration -> "too many failed log-ins; wait " + Math.max(1, duration.toSeconds()) + " s");
    }

    /** The address without the port; null if there is none, as within one process and for unix sockets. */
    static @Nullable String host(String remoteAddress) {
        int colon = remoteAddress.lastIndexOf(':');
        return colon < 0 || remoteAddress.startsWith("/") ? null : remoteAddress.substring(0, colon);
    }
}
