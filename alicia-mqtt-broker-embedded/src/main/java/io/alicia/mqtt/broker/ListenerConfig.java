package io.alicia.mqtt.broker;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.style.ValueStyle;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * One place where clients connect, with Mosquitto's names for its options.
 *
 * <p>Immutable. A value out of range is refused by {@code build()} with an {@link IllegalStateException} that names the
 * option.
 */
@Value.Immutable
@ValueStyle
public abstract class ListenerConfig {

    ListenerConfig() {}

    /** {@return a builder with the defaults: MQTT on TCP at a free port of the loopback address} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a listener for MQTT on TCP}
     * @param port 0 to 65535, 0 for any free one
     */
    public static ListenerConfig tcp(int port) {
        return builder().port(port).build();
    }

    /** {@return a listener for MQTT over WebSocket}
     * @param port 0 to 65535, 0 for any free one
     */
    public static ListenerConfig webSocket(int port) {
        return builder().protocol(ListenerProtocol.WEBSOCKETS).port(port).build();
    }

    /** {@return a listener that only this JVM reaches, without a socket} */
    public static ListenerConfig inProcess() {
        return builder().protocol(ListenerProtocol.IN_PROCESS).build();
    }

    /** {@return what the listener speaks below MQTT; default TCP} */
    @Value.Default
    public ListenerProtocol protocol() {
        return ListenerProtocol.TCP;
    }

    /** {@return the address or host name to bind; default {@code 127.0.0.1}} */
    @Value.Default
    public String bindAddress() {
        return "127.0.0.1";
    }

    /** {@return the port to bind, 0 to 65535; 0, the default, takes any free one} */
    @Value.Default
    public int port() {
        return 0;
    }

    /** {@return the request path of a WebSocket listener; default {@code /mqtt}} */
    @Value.Default
    public String websocketPath() {
        return "/mqtt";
    }

    /**
     * {@return what stands before every topic of this listener's clients inside the broker; default none}
     *
     * <p>Clients of a listener with a mount point see only topics below it, and never the prefix itself.
     */
    @Value.Default
    public String mountPoint() {
        return "";
    }

    /** {@return how many clients may be connected here at once; -1, the default, for no limit} */
    @Value.Default
    public int maxConnections() {
        return -1;
    }

    /** {@return the highest QoS that a client may publish with; default {@link Qos#EXACTLY_ONCE}} */
    @Value.Default
    public Qos maxQos() {
        return Qos.EXACTLY_ONCE;
    }

    /** {@return how many topic aliases an MQTT 5 client may create, 0 to 65535; default 10, 0 for none} */
    @Value.Default
    public int maxTopicAlias() {
        return 10;
    }

    /** {@return how many topic aliases the broker makes for an MQTT 5 client that allows them, 0 to 65535; default 10} */
    @Value.Default
    public int maxTopicAliasBroker() {
        return 10;
    }

    /** {@return whether the user name takes the place of the Client Identifier; default false} */
    @Value.Default
    public boolean useUsernameAsClientid() {
        return false;
    }

    /** {@return who may connect here, in place of the broker's; default as in all of the broker} */
    public abstract Optional<SecurityConfig> security();

    @Value.Check
    void check() {
        ConfigCheck.range("port", port(), 0, 65_535);
        ConfigCheck.range("maxConnections", maxConnections(), -1, Integer.MAX_VALUE);
        ConfigCheck.range("maxTopicAlias", maxTopicAlias(), 0, 65_535);
        ConfigCheck.range("maxTopicAliasBroker", maxTopicAliasBroker(), 0, 65_535);
        ConfigCheck.that(
                mountPoint().isEmpty() || TopicName.ofOrNull(mountPoint()) != null,
                "mountPoint is \"" + mountPoint() + "\", expected a topic prefix without wildcards");
        ConfigCheck.that(
                websocketPath().startsWith("/"),
                "websocketPath is \"" + websocketPath() + "\", expected a path that begins with \"/\"");
    }

    /** Makes a {@link ListenerConfig}; not thread-safe. */
    public static final class Builder extends ImmutableListenerConfig.Builder {
        Builder() {}
    }
}
