package io.alicia.mqtt.broker.routing;

/** Who holds subscriptions; compared by identity. Asked by any thread, so an answer may be old by a moment. */
public interface Subscriber {

    /** {@return whether its client is connected} */
    boolean isConnected();

    /** {@return whether a QoS 1 or 2 message would leave at once: its client is connected and its window is open} */
    boolean isReady();
}
