package io.alicia.mqtt.spi;

import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One network connection of an {@link MqttTransport}, from CONNACK to its end. Safe for several threads; no method blocks.
 *
 * <p>All results are lazy: the packet is sent when somebody subscribes. They arrive on the transport's own thread, or on the
 * subscribing one; whoever gets them does not block it. What fails because the connection ends fails no sooner than it has
 * ended: in answer to the failure the transport may be asked for another one.
 */
public interface MqttConnection {

    /** What the server said when it accepted. */
    Connack connack();

    /**
     * Publishes. Completes when the server has taken the message by its QoS: QoS 0 handed to the network, QoS 1 with PUBACK,
     * QoS 2 with PUBREC or PUBCOMP (MQTT 5 §4.3). A refusal by the server is an outcome, not an error.
     *
     * <p>If the connection ends first while the session goes on, QoS 1 and 2 stay in flight: the transport sends them again
     * on the session's next connection and completes then. If the session ends, or is left behind for another server, this fails
     * with {@link SessionEndedException}. The caller keeps at most {@link Connack#receiveMaximum()} of them in flight. Cancelling stops
     * the reporting, not the message.
     */
    Single<PublishOutcome> publish(ApplicationMessage message);

    /**
     * Whether this transport has {@linkplain KeptHandshake handshakes that others keep}; by default it has not, and then neither {@link
     * #publish(ApplicationMessage, KeptHandshake)} nor {@link #release} is asked for.
     */
    default boolean keepsHandshakes() {
        return false;
    }

    /**
     * Publishes a message with QoS 2 under a Packet Identifier of the caller's; else as {@link #publish(ApplicationMessage)}. Completes
     * with PUBCOMP, or with a PUBREC that refuses the message: from then on the identifier is free.
     *
     * @throws IllegalArgumentException if the message has another QoS, or the identifier is none of {@link KeptHandshake}'s
     */
    default Single<PublishOutcome> publish(ApplicationMessage message, KeptHandshake handshake) {
        return Single.error(new UnsupportedOperationException("this transport chooses all Packet Identifiers itself"));
    }

    /**
     * Ends a handshake that an earlier process had PUBREC of: sends PUBREL and completes with PUBCOMP, whatever its Reason Code, since a
     * server that does not know the identifier has let the message go (MQTT 5 §3.7.2.1). Fails with {@link SessionEndedException} if
     * the connection ends first; it is to be asked for again on the next one.
     *
     * @param packetIdentifier one of {@link KeptHandshake}'s
     */
    default Completable release(int packetIdentifier) {
        return Completable.error(
                new UnsupportedOperationException("this transport chooses all Packet Identifiers itself"));
    }

    /**
     * Subscribes with one SUBSCRIBE packet; the Reason Codes are those of SUBACK in the order of {@code subscriptions}, errors
     * included. Fails with {@link SessionEndedException} if the connection ends first.
     */
    Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions);

    /**
     * Subscribes with one SUBSCRIBE packet that gives all its subscriptions one identifier (MQTT 5 §3.8.2.1.2), see {@link
     * Delivery#subscriptionIdentifiers()}; else as {@link #subscribe(List)}. Only asked for where {@link
     * Connack#subscriptionIdentifiersAvailable()}: a transport that never says so need not have it.
     *
     * @param subscriptionIdentifier 1 to 268,435,455
     */
    default Single<List<ReasonCode>> subscribe(List<Subscription> subscriptions, int subscriptionIdentifier) {
        return Single.error(new UnsupportedOperationException("this transport has no Subscription Identifiers"));
    }

    /**
     * Unsubscribes with one UNSUBSCRIBE packet; the Reason Codes are those of UNSUBACK in the order of {@code topicFilters},
     * over 3.1.1 all {@link ReasonCode#SUCCESS}. Fails with {@link SessionEndedException} if the connection ends first.
     */
    Single<List<ReasonCode>> unsubscribe(List<TopicFilter> topicFilters);

    /** Completes when the connection has ended; at once if it has already. Never fails. */
    Single<DisconnectCause> closed();

    /**
     * Says goodbye and closes: DISCONNECT with {@code reasonCode} (MQTT 5 §3.14; 3.1.1 has no code), then the network
     * connection. Completes when it is closed, also if it was already.
     *
     * @param reasonCode {@link ReasonCode#SUCCESS} drops the Will, {@link ReasonCode#DISCONNECT_WITH_WILL_MESSAGE} has it
     *     published
     * @param sessionExpiryInterval how long to keep the session instead of what the CONNECT said
     */
    Completable disconnect(ReasonCode reasonCode, Optional<Duration> sessionExpiryInterval);
}
