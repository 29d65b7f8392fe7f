package io.alicia.mqtt.broker.protocol;

/** The client is alive and asks whether the server is (MQTT 5 §3.12). */
public enum Pingreq implements Packet {
    /** It has no fields. */
    INSTANCE;

    @Override
    public PacketType type() {
        return PacketType.PINGREQ;
    }
}
