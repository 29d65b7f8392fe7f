package io.alicia.mqtt.spi;

import io.alicia.mqtt.message.ApplicationMessage;
import java.util.List;

/**
 * A message that arrived and, with QoS 1 and 2, waits to be acknowledged. Safe for several threads.
 *
 * <p>What is not acknowledged counts against the receive maximum, and comes again if the session outlives the connection.
 */
public interface Delivery {

    /** The message. */
    ApplicationMessage message();

    /**
     * The Subscription Identifiers that the server sent it with (MQTT 5 §3.3.2.3.8): those of the subscriptions that this copy of
     * the message is for. Empty over 3.1.1, if the server has none, and where this side subscribed without one.
     */
    default List<Integer> subscriptionIdentifiers() {
        return List.of();
    }

    /**
     * Whether the server says that it may have sent it before, with the DUP flag (MQTT 5 §3.3.1.1). What of QoS 1 is not acknowledged
     * when its connection ends comes with it on the session's next one, as another delivery. False with a transport that does not
     * know; whoever works on such a message then does so once more.
     */
    default boolean isDuplicate() {
        return false;
    }

    /**
     * Tells the server that the message is this side's now: PUBACK or PUBREC, in the order of arrival whatever the order of
     * the calls [MQTT-4.6.0-2]. Never blocks. Does nothing with QoS 0, at a second call, and once the session has ended; nor with
     * QoS 1 once the connection has ended that it came by, since the server sends it again.
     */
    void acknowledge();
}
