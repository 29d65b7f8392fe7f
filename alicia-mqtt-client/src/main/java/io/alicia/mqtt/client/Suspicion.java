package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How likely it is that a server ends the connection because of one message: a 3.1.1 server has no other way to refuse one, and
 * to send it again and again would stop all others. Several losses in a row right after it was sent make a suspect; a suspect is
 * tried alone, on a connection that has been quiet for a moment, and is at fault when it is the end of that connection again and
 * again. A network that fails by itself does not wait for the one message: it fails in the quiet as well, which counts for nothing.
 */
final class Suspicion {

    /** How long a connection holds without anything that is sent before a suspect is tried. */
    static final Duration QUIET = Duration.ofMillis(250);

    private static final int LOSSES_OF_A_SUSPECT = 3;
    private static final int LOSSES_ALONE_OF_THE_CULPRIT = 2;

    /** How soon a server answers a message that it does not want with the end of the connection. */
    private static final Duration RIGHT_AFTER = Duration.ofSeconds(2);

    /** What an MQTT 5 server says of one PUBLISH when it ends the connection for it (MQTT 5 §3.14.2.1). */
    private static final Set<ReasonCode> OF_ONE_MESSAGE = Set.of(
            ReasonCode.TOPIC_NAME_INVALID,
            ReasonCode.PACKET_TOO_LARGE,
            ReasonCode.PAYLOAD_FORMAT_INVALID,
            ReasonCode.RETAIN_NOT_SUPPORTED,
            ReasonCode.QOS_NOT_SUPPORTED);

    private int losses;
    private int lossesAlone;

    /** What {@code cause} says against one of the messages that were under way, if anything. */
    static Optional<ReasonCode> charge(DisconnectCause cause) {
        return cause.initiator() == DisconnectCause.Initiator.SERVER
                ? cause.reasonCode().filter(OF_ONE_MESSAGE::contains)
                : Optional.empty();
    }

    /** The connection ended {@code afterMillis} after the message was sent together with others. */
    void lost(long afterMillis) {
        losses = afterMillis <= RIGHT_AFTER.toMillis() ? losses + 1 : 0;
    }

    /** The connection ended {@code afterMillis} after the message was sent, and nothing else was sent on it. */
    void lostAlone(long afterMillis) {
        if (afterMillis <= RIGHT_AFTER.toMillis()) {
            lossesAlone++;
        }
    }

    /** The server said that it is one of those that were under way. */
    void charged() {
        losses = LOSSES_OF_A_SUSPECT;
    }

    /** Nothing else can have been the reason. */
    void proven() {
        lossesAlone = LOSSES_ALONE_OF_THE_CULPRIT;
    }

    /** Another one is at fault, or the network. */
    void cleared() {
        losses = 0;
        lossesAlone = 0;
    }

    boolean isSuspect() {
        return losses >= LOSSES_OF_A_SUSPECT;
    }

    boolean isProven() {
        return lossesAlone >= LOSSES_ALONE_OF_THE_CULPRIT;
    }
}
