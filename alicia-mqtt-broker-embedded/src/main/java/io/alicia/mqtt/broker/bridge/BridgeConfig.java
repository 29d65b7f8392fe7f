package io.alicia.mqtt.broker.bridge;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.style.ValueStyle;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * A bridge: this broker as a client of another one, so that both share topics. Mosquitto's options under their names and
 * with its defaults.
 *
 * <pre>{@code
 * BridgeConfig cloud = BridgeConfig.builder()
 *         .name("cloud")
 *         .addAddresses(ServerAddress.of("mqtts://cloud.example:8883"))
 *         .addTopics(new BridgeTopic("alicia/#", BridgeTopic.Direction.OUT, Qos.AT_LEAST_ONCE, "", "house/"))
 *         .build();
 * }</pre>
 *
 * <p>The broker itself connects to {@code mqtt} and {@code mqtts} addresses; for others, such as {@code wss}, there has to be a
 * {@link io.alicia.mqtt.spi.MqttTransportProvider}: {@code alicia-mqtt-client} on the class path, or one that was given.
 * Messages wait while the connection is away, bounded as any client's are.
 * Immutable. A value out of range is refused by {@code build()} with an {@link IllegalStateException} that names the option.
 */
@Value.Immutable
@ValueStyle
public abstract class BridgeConfig {

    /** When the connection is made. */
    public enum StartType {
        /** At the start of the broker, and again after each loss. */
        AUTOMATIC,
        /** When {@link BridgeConfig#threshold()} messages wait, until nothing happened for {@link BridgeConfig#idleTimeout()}. */
        LAZY,
        /** At the start of the broker, and never again. */
        ONCE
    }

    /** When a reload of the configuration takes effect on a bridge that is connected. */
    public enum ReloadType {
        /** When it connects the next time. */
        LAZY,
        /** At once: it is disconnected for that. */
        IMMEDIATE
    }

    BridgeConfig() {}

    /** {@return a builder without name, addresses and topics} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the name of the {@code connection}, unique in a broker} */
    public abstract String name();

    /** {@return the remote brokers, the main one first; {@code mqtts} for TLS} */
    public abstract List<ServerAddress> addresses();

    /** {@return whether all addresses are equal; default false: it goes back to the first one when that can be reached} */
    @Value.Default
    public boolean roundRobin() {
        return false;
    }

    /** {@return what is shared} */
    public abstract List<BridgeTopic> topics();

    /** {@return the protocol version; default MQTT 3.1.1, as Mosquitto's} */
    @Value.Default
    public MqttVersion protocolVersion() {
        return MqttVersion.MQTT_3_1_1;
    }

    /** {@return the Client Identifier there; default the host's name, a dot and {@link #name()}} */
    @Value.Default
    public String remoteClientid() {
        return HostName.get() + "." + name();
    }

    /** {@return name and password there; default none} */
    public abstract Optional<Credentials> credentials();

    /** {@return the Client Identifier here; default {@code local.} and {@link #remoteClientid()}} */
    @Value.Default
    public String localClientid() {
        return "local." + remoteClientid();
    }

    /** {@return the account here, for rules and logs; default none} */
    public abstract Optional<String> localUsername();

    /** {@return what the bridge may publish and receive here; default everything, whoever configures it being trusted} */
    @Value.Default
    public AccessPolicy localAccess() {
        return AccessPolicy.unrestricted();
    }

    /** {@return whether the remote broker forgets the session when the connection ends; default false} */
    @Value.Default
    public boolean cleansession() {
        return false;
    }

    /** {@return whether messages are dropped here while the connection is away; default as {@link #cleansession()}} */
    @Value.Default
    public boolean localCleansession() {
        return cleansession();
    }

    /** {@return when the connection is made; default {@link StartType#AUTOMATIC}} */
    @Value.Default
    public StartType startType() {
        return StartType.AUTOMATIC;
    }

    /** {@return how many waiting messages make a lazy bridge connect, at least 1; default 10} */
    @Value.Default
    public int threshold() {
        return 10;
    }

    /** {@return after how long without a message a lazy bridge disconnects; default 60 s} */
    @Value.Default
    public Duration idleTimeout() {
        return Duration.ofSeconds(60);
    }

    /** {@return the shortest wait before a lost connection is tried again; default 5 s} */
    @Value.Default
    public Duration restartTimeout() {
        return Duration.ofSeconds(5);
    }

    /**
     * {@return the longest wait; the actual one is random between the two and grows from failure to failure; default 30 s, or
     * {@link #restartTimeout()} if that is longer}
     */
    @Value.Default
    public Duration restartTimeoutCap() {
        return restartTimeout().compareTo(Duration.ofSeconds(30)) > 0 ? restartTimeout() : Duration.ofSeconds(30);
    }

    /** {@return how long a connection must have held for the waits to start over; default zero: at once} */
    @Value.Default
    public Duration stableConnectionPeriod() {
        return Duration.ZERO;
    }

    /** {@return the Keep Alive of the connection in whole seconds, 5 to 65,535; default 60 s} */
    @Value.Default
    public Duration keepaliveInterval() {
        return Duration.ofSeconds(60);
    }

    /** {@return whether {@code 1} and {@code 0} are retained as the state of the connection; default true} */
    @Value.Default
    public boolean notifications() {
        return true;
    }

    /** {@return whether only this broker gets them; default false} */
    @Value.Default
    public boolean notificationsLocalOnly() {
        return false;
    }

    /** {@return where they go; default {@code $SYS/broker/connection/}{@link #remoteClientid()}{@code /state}} */
    @Value.Default
    public TopicName notificationTopic() {
        return TopicName.ofReceived("$SYS/broker/connection/" + remoteClientid() + "/state");
    }

    /**
     * {@return whether the remote broker is told over 3.1 and 3.1.1 that this is a bridge, so that it leaves out the bridge's own
     * messages and keeps the RETAIN flag; default true. One that does not know bridges is asked again without}
     */
    @Value.Default
    public boolean tryPrivate() {
        return true;
    }

    /** {@return whether topics that only go out are unsubscribed from there at each connect; default true} */
    @Value.Default
    public boolean attemptUnsubscribe() {
        return true;
    }

    /** {@return the largest packet that is sent there, in bytes; default 0, no limit but the remote broker's} */
    @Value.Default
    public int maxPacketSize() {
        return 0;
    }

    /** {@return how many Topic Aliases the remote broker may use over MQTT 5, 0 to 65,535; default 10} */
    @Value.Default
    public int maxTopicAlias() {
        return 10;
    }

    /** {@return how many QoS 1 and 2 messages the remote MQTT 5 broker may have unacknowledged; default 65,535} */
    @Value.Default
    public int receiveMaximum() {
        return 65_535;
    }

    /**
     * {@return how many seconds the remote MQTT 5 broker keeps the session; default for ever, or not at all with {@link
     * #cleansession()}}
     */
    public abstract OptionalInt sessionExpiryInterval();

    /** {@return whether messages keep RETAIN on their way out; default true} */
    @Value.Default
    public boolean outgoingRetain() {
        return true;
    }

    /** {@return the address or host name of this machine to connect from; default the system's choice} */
    public abstract Optional<String> bindAddress();

    /** {@return how TCP looks whether the other end is still there, besides {@link #keepaliveInterval()}; default not at all} */
    public abstract Optional<KeepAliveProbes> tcpKeepAlive();

    /** {@return when a changed configuration takes effect; default {@link ReloadType#LAZY}} */
    @Value.Default
    public ReloadType reloadType() {
        return ReloadType.LAZY;
    }

    /** {@return how {@code mqtts} addresses are secured} */
    @Value.Default
    public TlsOptions tls() {
        return TlsOptions.DEFAULT;
    }

    @Value.Check
    void check() {
        that(!name().isEmpty(), "a bridge has no name");
        that(!addresses().isEmpty(), "bridge " + name() + " has no address, expected at least one");
        that(!topics().isEmpty(), "bridge " + name() + " has no topic, expected at least one");
        range("threshold", threshold(), 1, Integer.MAX_VALUE);
        range("keepaliveInterval in seconds", keepaliveInterval().toSeconds(), 5, 65_535);
        range("maxPacketSize", maxPacketSize(), 0, 268_435_460);
        range("maxTopicAlias", maxTopicAlias(), 0, 65_535);
        range("receiveMaximum", receiveMaximum(), 1, 65_535);
        that(isPositive(idleTimeout()), "idleTimeout of bridge " + name() + " is not more than zero");
        that(isPositive(restartTimeout()), "restartTimeout of bridge " + name() + " is not more than zero");
        that(
                restartTimeoutCap().compareTo(restartTimeout()) >= 0,
                "restartTimeoutCap of bridge " + name() + " is less than restartTimeout");
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private void range(String option, long value, long from, long to) {
        that(
                value >= from && value <= to,
                option + " of bridge " + name() + " is " + value + ", expected " + from + " to " + to);
    }

    private static void that(boolean holds, String refusal) {
        if (!holds) {
            throw new IllegalStateException(refusal);
        }
    }

    /** Makes a {@link BridgeConfig}; not thread-safe. */
    public static final class Builder extends ImmutableBridgeConfig.Builder {
        Builder() {}
    }
}
