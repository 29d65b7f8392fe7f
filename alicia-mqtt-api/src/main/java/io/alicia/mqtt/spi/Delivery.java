package io.alicia.mqtt.spi;

import io.alicia.mqtt.message.ApplicationMessage;

/**
 * A message that arrived and, with QoS 1 and 2, waits to be acknowledged. Safe for several threads.
 *
 * <p>What is not acknowledged counts against the receive maximum, and comes again if the session outlives the connection.
 */
public interface Delivery {

    /** The message. */
    ApplicationMessage message();

    /**
     * Tells the server that the message is this side's now: PUBACK or PUBREC, in the order of arrival whatever the order of
     * the calls [MQTT-4.6.0-2]. Never blocks. Does nothing with QoS 0, at a second call, and once the session has ended.
     */
    void acknowledge();
}
