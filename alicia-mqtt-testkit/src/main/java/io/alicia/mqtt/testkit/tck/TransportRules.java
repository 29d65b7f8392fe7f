package io.alicia.mqtt.testkit.tck;

/** What all rules are about. */
interface TransportRules {

    /** The transports under test and their server, new for each test. */
    TransportFixture fixture();
}
