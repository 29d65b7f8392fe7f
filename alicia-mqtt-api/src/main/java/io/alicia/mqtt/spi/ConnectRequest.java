package io.alicia.mqtt.spi;

import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.style.ValueStyle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.immutables.value.Value;

/** What one CONNECT says, and to whom (MQTT 5 §3.1). A transport gets a new one for each attempt. */
@Value.Immutable
@ValueStyle
public abstract class ConnectRequest {

    /** The Session Expiry Interval that means for ever, in seconds (MQTT 5 §3.1.2.11.2). */
    public static final long NO_SESSION_EXPIRY_SECONDS = 4_294_967_295L;

    ConnectRequest() {}

    /** Nothing set but the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The server to connect to. */
    public abstract ServerAddress server();

    /** Name and password; absent: anonymous. */
    public abstract Optional<Credentials> credentials();

    /** How to secure the connection, if the server's address asks for it. */
    @Value.Default
    public TlsOptions tls() {
        return TlsOptions.DEFAULT;
    }

    /** Whether an existing session is thrown away first; default false. */
    @Value.Default
    public boolean cleanStart() {
        return false;
    }

    /**
     * Whether this connection begins without the QoS 1 and 2 messages that this side has unacknowledged, default false: they fail
     * with {@link SessionEndedException}, {@linkplain SessionEndedException#isPossiblySent() possibly sent}, no later than this
     * connection comes about, and are not sent again, while the server's session goes on: else a server that ends each connection
     * for one of them would do so for ever.
     */
    @Value.Default
    public boolean forgetsInFlight() {
        return false;
    }

    /**
     * Whether the caller has {@linkplain KeptHandshake handshakes} of its own; default false. A transport that {@linkplain
     * MqttConnection#keepsHandshakes has them} frees their Packet Identifiers as it frees its own when it finds a session of an
     * earlier process, but for {@link #unfinishedHandshakes()}.
     */
    @Value.Default
    public boolean keepsHandshakes() {
        return false;
    }

    /** The Packet Identifiers of an earlier process's handshakes that the caller will go on with. */
    public abstract Set<Integer> unfinishedHandshakes();

    /**
     * How long the server keeps the session after the connection, in whole seconds up to {@link
     * #NO_SESSION_EXPIRY_SECONDS}; default zero: it ends with the connection. Over 3.1.1 zero is Clean Session, anything
     * else keeps the session as long as the server likes.
     */
    @Value.Default
    public Duration sessionExpiryInterval() {
        return Duration.ZERO;
    }

    /** The longest silence of this side, in whole seconds up to 65,535; zero turns it off; default 60 seconds. */
    @Value.Default
    public Duration keepAlive() {
        return Duration.ofSeconds(60);
    }

    /**
     * How many QoS 1 and 2 messages the server may have unacknowledged, 1 to 65,535; 3.1.1 servers are not told. Default
     * 4,096: Mosquitto 2.0.11 sends its whole queue, 1,000 messages by default, past a smaller one.
     */
    @Value.Default
    public int receiveMaximum() {
        return 4_096;
    }

    /**
     * How many QoS 1 and 2 messages this side has unacknowledged at most, 1 to 65,535, within the server's Receive Maximum. In a session
     * that an earlier process left the transport frees as many Packet Identifiers. Default 1,024.
     */
    @Value.Default
    public int sendMaximum() {
        return 1_024;
    }

    /** The largest packet that the server may send, in bytes (MQTT 5 §3.1.2.11.4); absent: as large as it likes. */
    public abstract OptionalInt maximumPacketSize();

    /** How many Topic Aliases the server may use, 0 to 65,535 (MQTT 5 §3.1.2.11.5); default none. */
    @Value.Default
    public int topicAliasMaximum() {
        return 0;
    }

    /**
     * Whether the client says that it is a bridge between two servers; default false. Over 3.1 and 3.1.1 the highest bit
     * of the Protocol Level says so, as Mosquitto's bridges do: a server that knows it leaves out what the client published itself and
     * keeps the RETAIN flag; one that does not refuses the connection with {@link
     * io.alicia.mqtt.protocol.ReasonCode#UNSUPPORTED_PROTOCOL_VERSION}. MQTT 5 has Subscription Options for both, so there
     * this changes nothing. Nor does it over WebSocket.
     */
    @Value.Default
    public boolean bridge() {
        return false;
    }

    /** The address or host name of this machine to connect from; absent: the system chooses. */
    public abstract Optional<String> localHost();

    /** What the server publishes if this client goes without a goodbye. */
    public abstract Optional<Will> will();

    /** User Properties of the CONNECT. */
    public abstract List<UserProperty> userProperties();

    /** How long network, TLS, WebSocket and CONNACK may take together; default 10 seconds. */
    @Value.Default
    public Duration timeout() {
        return Duration.ofSeconds(10);
    }

    /** Builds a {@link ConnectRequest}; not safe for several threads. */
    public static final class Builder extends ImmutableConnectRequest.Builder {
        Builder() {}
    }
}
