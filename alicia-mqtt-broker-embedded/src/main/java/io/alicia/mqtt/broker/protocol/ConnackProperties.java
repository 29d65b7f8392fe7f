package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.style.ValueStyle;
import java.util.List;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The properties of CONNACK; where one is absent, what the specification then assumes (MQTT 5 §3.2.2.3). The encoder
 * sends what differs from that.
 */
@Value.Immutable
@ValueStyle
public abstract class ConnackProperties {

    /** All absent. */
    public static final ConnackProperties NONE = builder().build();

    /** The server's own Session Expiry Interval in seconds, or null if it is what the client asked for. */
    public abstract @Nullable Long sessionExpiryIntervalSeconds();

    /** QoS 1 and 2 messages that the server takes unacknowledged, 1 to 65,535. */
    @Value.Default
    public int receiveMaximum() {
        return 65_535;
    }

    /** The highest QoS that the server takes. */
    @Value.Default
    public Qos maximumQos() {
        return Qos.EXACTLY_ONCE;
    }

    /** Whether retained messages are possible. */
    @Value.Default
    public boolean retainAvailable() {
        return true;
    }

    /** The largest packet that the server takes, in bytes; {@link ConnectProperties#NO_PACKET_SIZE_LIMIT} if absent. */
    @Value.Default
    public long maximumPacketSizeBytes() {
        return ConnectProperties.NO_PACKET_SIZE_LIMIT;
    }

    /** The identifier that the server chose for a client without one, or null. */
    public abstract @Nullable String assignedClientIdentifier();

    /** The highest Topic Alias that the server takes; 0 for none. */
    @Value.Default
    public int topicAliasMaximum() {
        return 0;
    }

    /** For people; or null. */
    public abstract @Nullable String reasonString();

    /** In their order. */
    public abstract List<UserProperty> userProperties();

    /** Whether filters with wildcards are possible. */
    @Value.Default
    public boolean wildcardSubscriptionAvailable() {
        return true;
    }

    /** Whether Subscription Identifiers are possible. */
    @Value.Default
    public boolean subscriptionIdentifiersAvailable() {
        return true;
    }

    /** Whether Shared Subscriptions are possible. */
    @Value.Default
    public boolean sharedSubscriptionAvailable() {
        return true;
    }

    /** The Keep Alive that the client must use in seconds, or null for its own. */
    public abstract @Nullable Integer serverKeepAliveSeconds();

    /** The basis for response topics, or null. */
    public abstract @Nullable String responseInformation();

    /** Another server to use, or null. */
    public abstract @Nullable String serverReference();

    /** The name of the authentication method, or null. */
    public abstract @Nullable String authenticationMethod();

    /** What the method ends with, or null. */
    public abstract @Nullable BinaryData authenticationData();

    /** All absent. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link ConnackProperties}; not safe for several threads. */
    public static final class Builder extends ImmutableConnackProperties.Builder {}
}
