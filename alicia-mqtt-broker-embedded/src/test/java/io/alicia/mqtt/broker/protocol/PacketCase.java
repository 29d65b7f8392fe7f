package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table: bytes, and what they are.
 *
 * @param description in words
 * @param version what the connection speaks; null if the bytes begin with CONNECT, which says it
 * @param sender which end sent them
 * @param written see {@link Bytes}
 * @param packet what they are, or null
 * @param failure why they are nothing, or null
 * @param named what the failure's message must name: field, rule
 * @param canonical whether encoding the packet gives these bytes back, not a shorter form
 */
record PacketCase(
        String description,
        @Nullable MqttVersion version,
        Sender sender,
        String written,
        @Nullable Packet packet,
        @Nullable ReasonCode failure,
        String named,
        boolean canonical) {

    static final MqttVersion V3 = MqttVersion.MQTT_3_1_1;
    static final MqttVersion V5 = MqttVersion.MQTT_5;

    static PacketCase connect(String description, String written, Packet packet) {
        return new PacketCase(description, null, Sender.CLIENT, written, packet, null, "", true);
    }

    static PacketCase badConnect(String description, String written, ReasonCode failure, String named) {
        return new PacketCase(description, null, Sender.CLIENT, written, null, failure, named, true);
    }

    static PacketCase fromClient(MqttVersion version, String description, String written, Packet packet) {
        return new PacketCase(description, version, Sender.CLIENT, written, packet, null, "", true);
    }

    static PacketCase fromServer(MqttVersion version, String description, String written, Packet packet) {
        return new PacketCase(description, version, Sender.SERVER, written, packet, null, "", true);
    }

    static PacketCase bad(MqttVersion version, String description, String written, ReasonCode failure, String named) {
        return new PacketCase(description, version, Sender.CLIENT, written, null, failure, named, true);
    }

    static PacketCase badFromServer(
            MqttVersion version, String description, String written, ReasonCode failure, String named) {
        return new PacketCase(description, version, Sender.SERVER, written, null, failure, named, true);
    }

    /** The same packet can be written shorter, and is. */
    PacketCase notShortest() {
        return new PacketCase(description, version, sender, written, packet, failure, named, false);
    }

    byte[] bytes() {
        return Bytes.of(written);
    }

    /** A decoder that waits for the packet: behind CONNECT if this is not one. */
    PacketDecoder decoder() {
        if (sender == Sender.SERVER) {
            return PacketDecoder.ofServer(version == null ? V5 : version, 1_000_000);
        }
        PacketDecoder decoder = PacketDecoder.ofClient(PacketDecoder.DEFAULT_MAXIMUM_CONNECT_SIZE_BYTES, 1_000_000);
        if (version != null) {
            decoder.decode(connect(version));
        }
        return decoder;
    }

    static ByteBuf connect(MqttVersion version) {
        return Unpooled.wrappedBuffer(
                Bytes.of(version == V5 ? "10 0D 0004'MQTT' 05 02 0000 00 0000" : "10 0C 0004'MQTT' 04 02 0000 0000"));
    }

    @Override
    public String toString() {
        return (version == null ? "" : version + ": ") + description;
    }
}
