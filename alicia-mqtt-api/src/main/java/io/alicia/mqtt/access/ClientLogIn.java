package io.alicia.mqtt.access;

import java.util.Optional;

/**
 * Who may log in as a client of {@link DynamicSecurity}. Immutable.
 *
 * @param account the client's user name
 * @param disabled whether nobody may, whatever the password
 * @param hasPassword whether it has a password that can be given at all; a placeholder for a hash is none
 * @param clientIdentifier the only Client Identifier that may use it; empty for any
 */
public record ClientLogIn(String account, boolean disabled, boolean hasPassword, Optional<String> clientIdentifier) {

    /** Why nobody can log in, in words that end a sentence: {@code it is disabled}; empty if somebody can. */
    public Optional<String> hindrance() {
        if (disabled) {
            return Optional.of("it is disabled");
        }
        return hasPassword ? Optional.empty() : Optional.of("it has no password that can be given");
    }

    /** Why the client with {@code identifier} cannot log in, in words that end a sentence; empty if it can. */
    public Optional<String> hindrance(String identifier) {
        return hindrance()
                .or(() -> clientIdentifier
                        .filter(only -> !only.equals(identifier))
                        .map(only -> "it is bound to the client identifier " + Words.shown(only)));
    }
}
