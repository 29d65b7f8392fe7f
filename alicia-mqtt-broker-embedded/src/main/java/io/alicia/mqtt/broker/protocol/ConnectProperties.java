package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.style.ValueStyle;
import java.util.List;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/** The properties of CONNECT; where one is absent, what the specification then assumes (MQTT 5 §3.1.2.11). */
@Value.Immutable
@ValueStyle
public abstract class ConnectProperties {

    /** Session Expiry Interval 0xFFFFFFFF: the session does not expire (MQTT 5 §3.1.2.11.2). */
    public static final long NEVER_EXPIRES = 0xFFFF_FFFFL;

    /** A Maximum Packet Size that is no limit beyond the protocol's own. */
    public static final long NO_PACKET_SIZE_LIMIT = Long.MAX_VALUE;

    /** All absent: the session ends with the connection. */
    public static final ConnectProperties DEFAULTS = builder().build();

    /** Seconds that the session outlives the connection, {@link #NEVER_EXPIRES} for ever; 0 if absent. */
    @Value.Default
    public long sessionExpiryIntervalSeconds() {
        return 0;
    }

    /** QoS 1 and 2 messages that the client takes unacknowledged, 1 to 65,535; null if absent, which means 65,535. */
    public abstract @Nullable Integer receiveMaximum();

    /** The largest packet that the client takes, in bytes; {@link #NO_PACKET_SIZE_LIMIT} if absent. */
    @Value.Default
    public long maximumPacketSizeBytes() {
        return NO_PACKET_SIZE_LIMIT;
    }

    /** The highest Topic Alias that the client takes; 0 for none. */
    @Value.Default
    public int topicAliasMaximum() {
        return 0;
    }

    /** Whether the client asks for Response Information in CONNACK. */
    @Value.Default
    public boolean requestResponseInformation() {
        return false;
    }

    /** Whether Reason Strings and User Properties may be sent with other packets than PUBLISH, CONNACK, DISCONNECT. */
    @Value.Default
    public boolean requestProblemInformation() {
        return true;
    }

    /** Whether Request Problem Information is there and 1: the client means to show Reason Strings to somebody. */
    @Value.Default
    public boolean asksForProblemInformation() {
        return false;
    }

    /** The name of the extended authentication method, or null. */
    public abstract @Nullable String authenticationMethod();

    /** What the method begins with, or null. */
    public abstract @Nullable BinaryData authenticationData();

    /** In their order. */
    public abstract List<UserProperty> userProperties();

    /** All absent. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link ConnectProperties}; not safe for several threads. */
    public static final class Builder extends ImmutableConnectProperties.Builder {}
}
