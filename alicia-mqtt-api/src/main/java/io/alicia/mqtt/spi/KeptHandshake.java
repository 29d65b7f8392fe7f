package io.alicia.mqtt.spi;

/**
 * The handshake of one message with QoS 2 (MQTT 5 §4.3.3) whose progress its caller keeps beyond the process, so that the next one
 * goes on with it in the same session, under the same Packet Identifier, and the message arrives exactly once nevertheless.
 *
 * <p>There is one of two states to be kept: PUBLISH may have been sent, and is sent again; or PUBREC has come, PUBREL may have been
 * sent, and that alone is {@linkplain MqttConnection#release sent again}.
 *
 * <p>Asked from several threads, the caller's and the transport's; nothing here blocks.
 */
public interface KeptHandshake {

    /** The first Packet Identifier that such handshakes have; those below belong to the transport. */
    int FIRST_PACKET_IDENTIFIER = 0x8000;

    /** The last one; those above belong to the transport as well. */
    int LAST_PACKET_IDENTIFIER = 0xFEFF;

    /**
     * What all packets of the handshake bear: {@link #FIRST_PACKET_IDENTIFIER} to {@link #LAST_PACKET_IDENTIFIER}, and from the call
     * of publish until its end no other handshake's of the session.
     */
    int packetIdentifier();

    /** Whether an earlier process may have sent PUBLISH already: then it has the DUP flag from the first time on [MQTT-3.3.1-1]. */
    boolean isResumed();

    /**
     * PUBREC has come, and it is no refusal. The transport sends PUBREL when {@code release} is run, on whichever thread: as soon as
     * it is kept that the message is not to be published again. Called on the transport's thread, which is not to be blocked, and
     * once more when PUBREC comes again on another connection.
     */
    void received(Runnable release);
}
