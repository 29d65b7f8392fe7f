package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How likely it is that a server ends the connection because of one message: a 3.1.1 server has no other way to refuse one, and
 * to send it again and again would stop all others. Several losses in a row right after it was sent make a suspect, which is tried
 * alone, on a connection that has been quiet for a moment. If that ends as well the message is <em>accused</em>: it steps behind all
 * others.
 *
 * <p>It is at fault only when there is a <em>witness</em>, a message that the server acknowledged since, sent no earlier on its
 * connection than the accused was, and the accused then is the end of one more connection. Without that it is the server: one that
 * ends the connection at each message, or after so many, has nothing against this one, and takes it when it is well again. A
 * network that fails by itself does not wait for the one message: it fails in the quiet as well, which counts for nothing.
 */
final class Suspicion {

    /** How long a connection holds without anything that is sent before a suspect is tried. */
    static final Duration QUIET = Duration.ofMillis(250);

    private static final int LOSSES_OF_A_SUSPECT = 3;

    /** With the rests between them these trials take about an hour. */
    private static final int LOSSES_UNTIL_PARKED = 20;

    /** How soon a server answers a message that it does not want with the end of the connection. */
    private static final Duration RIGHT_AFTER = Duration.ofSeconds(2);

    /** What an MQTT 5 server says of one PUBLISH when it ends the connection for it (MQTT 5 §3.14.2.1). */
    private static final Set<ReasonCode> OF_ONE_MESSAGE = Set.of(
            ReasonCode.TOPIC_NAME_INVALID,
            ReasonCode.PACKET_TOO_LARGE,
            ReasonCode.PAYLOAD_FORMAT_INVALID,
            ReasonCode.RETAIN_NOT_SUPPORTED,
            ReasonCode.QOS_NOT_SUPPORTED,
            ReasonCode.MALFORMED_PACKET);

    private int losses;
    private int lossesAlone;
    private int lostAt = Integer.MAX_VALUE;
    private boolean witnessed;
    private boolean proven;

    /** What {@code cause} says against one of the messages that were under way, if anything. */
    static Optional<ReasonCode> charge(DisconnectCause cause) {
        return cause.initiator() == DisconnectCause.Initiator.SERVER
                ? cause.reasonCode().filter(OF_ONE_MESSAGE::contains)
                : Optional.empty();
    }

    /** Whether {@code charge} may as well be about a packet that is no PUBLISH (MQTT 5 §4.13.1). */
    static boolean isOfAnyPacket(ReasonCode charge) {
        return charge == ReasonCode.MALFORMED_PACKET;
    }

    private static boolean isRightAfter(long afterMillis) {
        return afterMillis <= RIGHT_AFTER.toMillis();
    }

    /** The connection ended {@code afterMillis} after the message was sent together with others. */
    void lost(long afterMillis) {
        losses = isRightAfter(afterMillis) ? losses + 1 : 0;
    }

    /**
     * The connection ended {@code afterMillis} after the message was sent alone.
     *
     * @param position how many had been sent on that connection before it
     * @return whether that speaks against it, or against the server
     */
    boolean lostAlone(long afterMillis, int position) {
        if (!isRightAfter(afterMillis)) {
            return false;
        }
        lossesAlone++;
        lostAt = Math.min(lostAt, position);
        proven |= witnessed;
        return true;
    }

    /** The server acknowledged another one, which had {@code position} on its connection. */
    void anotherGotThrough(int position) {
        witnessed |= isAccused() && position >= lostAt;
    }

    /** The server said that it is one of those that were under way. */
    void charged() {
        losses = LOSSES_OF_A_SUSPECT;
    }

    /** Nothing else can have been the reason. */
    void proven() {
        proven = true;
    }

    /** Another one was the reason for what it was lost with; what it was alone with remains. */
    void anotherIsProven() {
        losses = 0;
    }

    /** It is not at fault: it got through, or the network fails by itself. */
    void cleared() {
        losses = 0;
        lossesAlone = 0;
        lostAt = Integer.MAX_VALUE;
        witnessed = false;
    }

    boolean isSuspect() {
        return losses >= LOSSES_OF_A_SUSPECT || isAccused();
    }

    boolean isAccused() {
        return lossesAlone > 0;
    }

    /** Whether so many connections ended for it that without another reason it is not worth one more. */
    boolean isParked() {
        return lossesAlone >= LOSSES_UNTIL_PARKED && !witnessed;
    }

    /** There is a reason to try it once more. */
    void unpark() {
        lossesAlone = Math.min(lossesAlone, LOSSES_UNTIL_PARKED - 1);
    }

    /** How often it was the end of a connection, alone. */
    int lossesAlone() {
        return lossesAlone;
    }

    /** Whether its next trial says for certain whether it is at fault. */
    boolean isWitnessed() {
        return witnessed;
    }

    boolean isProven() {
        return proven;
    }
}
