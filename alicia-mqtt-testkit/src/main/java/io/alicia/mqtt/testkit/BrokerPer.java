package io.alicia.mqtt.testkit;

/** How long the broker of an {@link MqttTest} lives. */
public enum BrokerPer {
    /** A new one for each test method: nothing that a test leaves behind reaches the next. */
    METHOD,
    /** One for all test methods of the class: faster by a few milliseconds a test, and shared retained messages. */
    CLASS
}
