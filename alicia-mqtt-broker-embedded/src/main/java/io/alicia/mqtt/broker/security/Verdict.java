package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.Authentication;
import java.util.Optional;

/**
 * What became of a log-in, counted already.
 *
 * @param outcome what it is; of one that nobody looked at, a refusal
 * @param delay why the client is not to learn that, but has to wait; empty if it is
 */
public record Verdict(Authentication outcome, Optional<String> delay) {

    static Verdict notLookedAt(String delay) {
        return new Verdict(Authentication.refused(delay), Optional.of(delay));
    }

    /** {@return what is told of it} */
    public Authentication told() {
        return delay.map(Authentication::refused).orElse(outcome);
    }
}
