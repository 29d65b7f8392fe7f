package io.alicia.mqtt.broker.protocol;

/** The server is alive (MQTT 5 §3.13). */
public enum Pingresp implements Packet {
    /** It has no fields. */
    INSTANCE;

    @Override
    public PacketType type() {
        return PacketType.PINGRESP;
    }
}
