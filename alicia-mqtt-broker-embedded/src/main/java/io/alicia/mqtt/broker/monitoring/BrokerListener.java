package io.alicia.mqtt.broker.monitoring;

import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;

/**
 * Hears what happens in a broker; every method may be left out.
 *
 * <p>Called on the event loop where it happens, for many clients at once: return quickly, do not block, be safe for
 * several threads. What one client does is told in its order, and from {@code connected} to {@code disconnected} always on
 * the same thread; between clients there is no order. What a method throws is logged and goes no further.
 */
public interface BrokerListener {

    /**
     * A connection was accepted; nothing was received on it yet.
     *
     * @param remoteAddress where it comes from: address and port, or {@code in-process}
     * @param listener the name of the listener that took it
     */
    default void opened(String remoteAddress, String listener) {}

    /**
     * A connection ended before MQTT could be spoken on it.
     *
     * @param remoteAddress where it came from: address and port, or {@code in-process}
     * @param listener the name of the listener that took it
     * @param cause why
     * @param reason why, for people
     */
    default void failed(String remoteAddress, String listener, ConnectionFailure cause, String reason) {}

    /**
     * A client was let in and its CONNACK is on its way.
     *
     * @param client who
     */
    default void connected(ClientInfo client) {}

    /**
     * The TLS that a client connected with; after {@link #connected}.
     *
     * @param client who
     * @param protocol such as {@code TLSv1.3}
     * @param cipherSuite the suite's name in OpenSSL
     */
    default void secured(ClientInfo client, String protocol, String cipherSuite) {}

    /**
     * The TLS between a client and the load balancer that it came by, as the load balancer tells.
     *
     * @param remoteAddress where the client comes from
     * @param protocol such as {@code TLSv1.3}
     * @param cipherSuite the suite's name as told
     */
    default void proxied(String remoteAddress, String protocol, String cipherSuite) {}

    /**
     * {@return whether {@link #packet} is to be told of every packet, now; default false} Asked at each packet: answer from a
     * field.
     */
    default boolean listensToPackets() {
        return false;
    }

    /**
     * A packet came from a client, or goes to it.
     *
     * @param clientIdentifier which client
     * @param words what it is, as Mosquitto's log has it: {@code Received PINGREQ from hall-1}
     */
    default void packet(String clientIdentifier, String words) {}

    /**
     * The will that a client left, or that it has none; after {@link #connected}, where {@link #listensToPackets}.
     *
     * @param clientIdentifier which client
     * @param words what it is, as Mosquitto's log has it: {@code No will message specified.}
     */
    default void will(String clientIdentifier, String words) {}

    /**
     * A client was not let in.
     *
     * @param client who it says it is
     * @param reasonCode what it is told
     * @param reason why, for people; may say more than the client is told
     */
    default void refused(ClientInfo client, ReasonCode reasonCode, String reason) {}

    /**
     * A client's connection ended.
     *
     * @param client who
     * @param reasonCode {@link ReasonCode#SUCCESS} if the client said goodbye
     * @param reason why, for people
     */
    default void disconnected(ClientInfo client, ReasonCode reasonCode, String reason) {}

    /**
     * A client did not come back in time: its session has ended.
     *
     * @param clientIdentifier which client
     */
    default void expired(String clientIdentifier) {}

    /**
     * A subscription was made or changed.
     *
     * @param client who
     * @param filter the Topic Filter
     * @param maximumQos the granted QoS
     */
    default void subscribed(ClientInfo client, TopicFilter filter, Qos maximumQos) {}

    /**
     * A client was not given a subscription. If the rules do not allow it, {@link #denied} says more.
     *
     * @param client who
     * @param filter the Topic Filter
     * @param reasonCode why, as a client of MQTT 5 is told; to one of 3.1.1 all are {@link
     *     ReasonCode#UNSPECIFIED_ERROR}, and one of 3.1 is told nothing
     */
    default void subscriptionRefused(ClientInfo client, TopicFilter filter, ReasonCode reasonCode) {}

    /**
     * A subscription was ended by its client.
     *
     * @param client who
     * @param filter the Topic Filter
     */
    default void unsubscribed(ClientInfo client, TopicFilter filter) {}

    /**
     * A message was taken from its publisher.
     *
     * @param clientIdentifier who published it
     * @param topic where to
     * @param qos with which QoS
     * @param retain whether it is retained
     * @param payloadBytes the length of its payload
     */
    default void published(String clientIdentifier, TopicName topic, Qos qos, boolean retain, int payloadBytes) {}

    /**
     * A client was denied a publish, a will or a subscription. Of a delivery that is denied {@link #dropped} tells.
     *
     * @param decision who was denied what, and the rule that decided
     */
    default void denied(Decision decision) {}

    /**
     * A message was dropped for one client.
     *
     * @param clientIdentifier the subscriber, or with {@link DropCause#PUBLISH_DENIED}, {@link
     *     DropCause#PAYLOAD_TOO_LARGE}, {@link DropCause#TOPIC_TOO_LONG} and {@link DropCause#RETAINED_LIMIT} the
     *     publisher
     * @param topic the message's topic
     * @param cause why
     */
    default void dropped(String clientIdentifier, TopicName topic, DropCause cause) {}
}
