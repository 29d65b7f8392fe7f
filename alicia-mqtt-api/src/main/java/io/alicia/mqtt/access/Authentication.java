package io.alicia.mqtt.access;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcome of a log-in. Immutable. */
public final class Authentication {

    private final boolean accepted;
    private final @Nullable String account;
    private final String reason;

    private Authentication(boolean accepted, @Nullable String account, String reason) {
        this.accepted = accepted;
        this.account = account;
        this.reason = reason;
    }

    /** Let in with the rights of {@code account}. */
    public static Authentication accepted(String account) {
        return new Authentication(true, Objects.requireNonNull(account), "accepted");
    }

    /** Let in without an account, with the rights of an anonymous client. */
    public static Authentication acceptedAnonymously() {
        return new Authentication(true, null, "accepted without an account");
    }

    /**
     * Not let in: the client sees reason code 0x87 (MQTT 5) or return code 5 (MQTT 3.1.1) and nothing more.
     *
     * @param reason for the broker's log, never sent to the client
     */
    public static Authentication refused(String reason) {
        return new Authentication(false, null, reason);
    }

    /** Whether the client is let in. */
    public boolean isAccepted() {
        return accepted;
    }

    /** The account whose rights the client has; empty if refused or anonymous. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** For the broker's log; not for the client, which is not to learn what was wrong. */
    public String reason() {
        return reason;
    }

    /** {@code accepted as kitchen} or {@code refused: the password is wrong}. */
    @Override
    public String toString() {
        if (!accepted) {
            return "refused: " + reason;
        }
        return account == null ? reason : "accepted as " + Words.shown(account);
    }
}
