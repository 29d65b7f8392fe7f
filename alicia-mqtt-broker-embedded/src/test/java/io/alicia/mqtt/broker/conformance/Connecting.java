package io.alicia.mqtt.broker.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CONNECT put together step by step. */
final class Connecting {

    final Version version;
    private final String clientIdentifier;
    private final List<byte[]> properties = new ArrayList<>();
    private boolean cleanStart = true;
    private int keepAliveSeconds;
    private int willFlags;
    private byte @Nullable [] will;
    private @Nullable String userName;
    private byte @Nullable [] password;

    Connecting(Version version, String clientIdentifier) {
        this.version = version;
        this.clientIdentifier = clientIdentifier;
    }

    Connecting cleanStart(boolean value) {
        cleanStart = value;
        return this;
    }

    Connecting keepAlive(int seconds) {
        keepAliveSeconds = seconds;
        return this;
    }

    /** A session that outlives its connection: not Clean Session, or a Session Expiry Interval under MQTT 5. */
    Connecting persistent() {
        return version.is5()
                ? cleanStart(false).property(Wire.SESSION_EXPIRY_INTERVAL, Wire.u32(3_600))
                : cleanStart(false);
    }

    Connecting property(int identifier, byte[] value) {
        properties.add(Wire.property(identifier, value));
        return this;
    }

    Connecting will(String topic, String payload, int qos, boolean retain, byte[]... willProperties) {
        willFlags = 0x04 | (qos << 3) | (retain ? 0x20 : 0);
        byte[] section = version.is5() ? Wire.properties(willProperties) : new byte[0];
        will = Wire.concat(section, Wire.string(topic), Wire.string(payload));
        return this;
    }

    Connecting userName(String value) {
        userName = value;
        return this;
    }

    Connecting password(String value) {
        password = Wire.raw(value);
        return this;
    }

    byte[] bytes() {
        int flags = (cleanStart ? 0x02 : 0) | willFlags | (userName != null ? 0x80 : 0) | (password != null ? 0x40 : 0);
        return Wire.packet(
                0x10,
                Wire.string("MQTT"),
                Wire.u8(version.level),
                Wire.u8(flags),
                Wire.u16(keepAliveSeconds),
                version.is5() ? Wire.properties(properties.toArray(byte[][]::new)) : new byte[0],
                Wire.string(clientIdentifier),
                will == null ? new byte[0] : will,
                userName == null ? new byte[0] : Wire.string(userName),
                password == null ? new byte[0] : Wire.sized(password));
    }
}
