package io.alicia.mqtt.broker.conformance;

import java.time.Duration;

/** A running broker that cases run against. */
interface BrokerUnderTest extends AutoCloseable {

    /** MQTT over TCP. */
    int port();

    /** MQTT over WebSocket. */
    int webSocketPort();

    /** Lets time pass, turned by hand where the broker's clock can be turned. */
    void elapse(Duration time);

    /** Waits until the broker knows that the connection of a client is over, where it can tell. */
    void awaitGone(String clientIdentifier);

    @Override
    void close();
}
