package io.alicia.mqtt.broker.conformance;

/** Against which broker the cases run. */
enum BrokerKind {
    ALICIA,
    MOSQUITTO;

    BrokerUnderTest start(Setup setup) {
        return this == ALICIA ? new AliciaUnderTest(setup) : new MosquittoUnderTest(setup);
    }
}
