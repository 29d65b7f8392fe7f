package io.alicia.mqtt.spi;

import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.style.ValueStyle;
import org.immutables.value.Value;

/** What stays the same for the whole life of an {@link MqttTransport}. */
@Value.Immutable
@ValueStyle
public abstract class TransportOptions {

    TransportOptions() {}

    /** Nothing set but the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The protocol version to speak; default MQTT 5. */
    @Value.Default
    public MqttVersion version() {
        return MqttVersion.MQTT_5;
    }

    /** The Client Identifier (MQTT 5 §3.1.3.1); empty asks the server for one. Also the name of the transport's threads. */
    public abstract String clientIdentifier();

    /** Builds {@link TransportOptions}; not safe for several threads. */
    public static final class Builder extends ImmutableTransportOptions.Builder {
        Builder() {}
    }
}
