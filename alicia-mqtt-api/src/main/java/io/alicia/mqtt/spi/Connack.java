package io.alicia.mqtt.spi;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.style.ValueStyle;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * What the server said when it accepted a connection (MQTT 5 §3.2). Where it said nothing, and over 3.1.1, the values are
 * those that the specification means by silence.
 */
@Value.Immutable
@ValueStyle
public abstract class Connack {

    Connack() {}

    /** Nothing set but the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether the server still had the session (MQTT 5 §3.2.2.1.1). */
    public abstract boolean sessionPresent();

    /** The Client Identifier in use: the server's if it assigned one, else this client's. */
    public abstract String clientIdentifier();

    /** How long the server keeps the session after the connection: its word, else what was asked for. */
    public abstract Duration sessionExpiryInterval();

    /** The longest silence of this side: the Server Keep Alive, else what was asked for. */
    public abstract Duration keepAlive();

    /** How many QoS 1 and 2 messages this side may have unacknowledged. */
    @Value.Default
    public int receiveMaximum() {
        return 65_535;
    }

    /** The largest packet that the server takes, in bytes; absent: as large as the protocol allows. */
    public abstract OptionalLong maximumPacketSize();

    /** The highest QoS that may be published with. */
    @Value.Default
    public Qos maximumQos() {
        return Qos.EXACTLY_ONCE;
    }

    /** Whether messages may be retained. */
    @Value.Default
    public boolean retainAvailable() {
        return true;
    }

    /** Whether filters may have wildcards. */
    @Value.Default
    public boolean wildcardSubscriptionAvailable() {
        return true;
    }

    /** Whether {@code $share} filters are served. Over 3.1.1 nobody knows; then this is true. */
    @Value.Default
    public boolean sharedSubscriptionAvailable() {
        return true;
    }

    /**
     * Whether subscriptions may have identifiers, which come back with their messages (MQTT 5 §3.2.2.3.12). Of both sides: false
     * over 3.1.1, and with a transport that does not pass them on.
     */
    @Value.Default
    public boolean subscriptionIdentifiersAvailable() {
        return false;
    }

    /** User Properties of the CONNACK. */
    public abstract List<UserProperty> userProperties();

    /** Builds a {@link Connack}; not safe for several threads. */
    public static final class Builder extends ImmutableConnack.Builder {
        Builder() {}
    }
}
