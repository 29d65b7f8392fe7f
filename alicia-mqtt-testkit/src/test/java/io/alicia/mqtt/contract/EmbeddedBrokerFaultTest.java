package io.alicia.mqtt.contract;

import io.alicia.mqtt.client.server.FaultContract;
import io.alicia.mqtt.client.server.TestServer;

/** With our broker at the other end. */
class EmbeddedBrokerFaultTest extends FaultContract {

    @Override
    protected TestServer startServer() {
        return new EmbeddedServer(config -> config.maxQueuedMessages(0));
    }
}
