package io.alicia.mqtt.client;

import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.style.ValueStyle;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.immutables.value.Value;

/** All that {@link AliciaMqttClient.Builder} was told; the defaults live here. */
@Value.Immutable
@ValueStyle
abstract class ClientSettings {

    static Builder builder() {
        return new Builder();
    }

    abstract List<ServerAddress> servers();

    abstract String clientIdentifier();

    @Value.Default
    MqttVersion version() {
        return MqttVersion.MQTT_5;
    }

    /** The account that the credentials are of, for the access policy and as the source of envelopes. */
    abstract Optional<String> accountName();

    /** Asked at each connect; may block, and runs where that is allowed. */
    abstract Optional<Supplier<Credentials>> credentials();

    @Value.Default
    Supplier<TlsOptions> tls() {
        return () -> TlsOptions.DEFAULT;
    }

    @Value.Default
    ZoneId houseTimeZone() {
        return ZoneOffset.UTC;
    }

    abstract Optional<Will> will();

    @Value.Default
    Duration keepAlive() {
        return Duration.ofSeconds(60);
    }

    /** Set: the session is the caller's, outlives this client, and is resumed at the start. Absent: it is this object's. */
    abstract Optional<Duration> sessionExpiryInterval();

    @Value.Default
    int receiveMaximum() {
        return 4_096;
    }

    /** What one packet of the server may have in bytes; absent: as many as it likes. */
    abstract OptionalInt maximumPacketSize();

    @Value.Default
    Duration connectTimeout() {
        return Duration.ofSeconds(10);
    }

    @Value.Default
    Backoff backoff() {
        return Backoff.DEFAULT;
    }

    @Value.Default
    OfflineQueue offlineQueue() {
        return OfflineQueue.DEFAULT;
    }

    /**
     * A 3.1.1 server cannot say how many unacknowledged messages it takes. Mosquitto takes 20 unless its {@code
     * max_inflight_messages} says otherwise; version 2.0.11 acknowledges what comes beyond that, and drops it.
     */
    @Value.Default
    int sendMaximum() {
        return version() == MqttVersion.MQTT_5 ? 1_024 : 20;
    }

    @Value.Default
    int streamBuffer() {
        return 1_024;
    }

    @Value.Default
    Duration publishDeadline() {
        return Duration.ofMinutes(5);
    }

    @Value.Default
    Duration commandTimeout() {
        return Duration.ofSeconds(10);
    }

    @Value.Default
    Duration closeDeadline() {
        return Duration.ofSeconds(5);
    }

    abstract Optional<AccessPolicy> policy();

    /** Why the policy forbids this client to publish to {@code topic}, if it does. */
    Optional<Decision> refusal(TopicName topic) {
        return refusal(Access.PUBLISH, topic);
    }

    /** Why the policy forbids this client to do that with {@code topic}, if it does. */
    Optional<Decision> refusal(Access access, TopicName topic) {
        AccessPolicy known = policy().orElse(null);
        if (known == null) {
            return Optional.empty();
        }
        Decision decision = known.decide(accountName().orElse(null), clientIdentifier(), access, topic);
        return decision.denied() ? Optional.of(decision) : Optional.empty();
    }

    /** Asked at each publish in the publisher's thread; absent: no trace is added. */
    abstract Optional<Supplier<Optional<TraceContext>>> traceContext();

    /** How long a session goes on without a connection when it is this object's own. */
    static final Duration OWN_SESSION_EXPIRY = Duration.ofMinutes(5);

    /** What the CONNECT says; 3.1.1 would keep a session for ever, so there an own one ends with its connection. */
    Duration requestedSessionExpiry() {
        return sessionExpiryInterval().orElse(version() == MqttVersion.MQTT_5 ? OWN_SESSION_EXPIRY : Duration.ZERO);
    }

    /** Whether the first CONNECT starts anew: a session of this object's own cannot have been there before. */
    boolean startsClean() {
        return sessionExpiryInterval().isEmpty();
    }

    /** Collects the settings. */
    static final class Builder extends ImmutableClientSettings.Builder {}
}
