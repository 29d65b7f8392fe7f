package io.alicia.mqtt.connection;

import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.style.ValueStyle;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/** Who ended a connection, and why. */
@Value.Immutable
@ValueStyle
public abstract class DisconnectCause {

    /** Who ended it. */
    public enum Initiator {
        /** This side, on purpose. */
        CLIENT,
        /** The server, with a DISCONNECT (MQTT 5). */
        SERVER,
        /** Neither: the network went away, the peer fell silent or closed without a word, or broke the protocol. */
        NETWORK
    }

    DisconnectCause() {}

    /** Nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Who ended it. */
    public abstract Initiator initiator();

    /** The Reason Code of the DISCONNECT that was sent or received, if there was one. */
    public abstract Optional<ReasonCode> reasonCode();

    /** The Reason String of the DISCONNECT, or the network's words. */
    public abstract Optional<String> reasonString();

    /** Another server to use, if the server named one (MQTT 5 §4.11). */
    public abstract Optional<String> serverReference();

    /** When the client connects again, in a {@link ConnectionState.Waiting}; empty elsewhere. */
    public abstract Optional<Instant> nextAttempt();

    /** The one line of a log. */
    @Override
    public final String toString() {
        return "ended by " + initiator().name().toLowerCase(java.util.Locale.ROOT)
                + reasonCode()
                        .map(code -> ": " + code.phrase() + String.format(" (0x%02X)", code.code()))
                        .orElse("")
                + reasonString().map(words -> ": " + words).orElse("")
                + serverReference().map(server -> ", use " + server).orElse("");
    }

    /** Builds a {@link DisconnectCause}; not safe for several threads. */
    public static final class Builder extends ImmutableDisconnectCause.Builder {
        Builder() {}
    }
}
