package io.alicia.mqtt.contract;

import io.alicia.mqtt.client.server.ProcessDeathContract;
import io.alicia.mqtt.client.server.TestServer;

/** With our broker at the other end. */
class EmbeddedBrokerProcessDeathTest extends ProcessDeathContract {

    @Override
    protected TestServer startServer() {
        return new EmbeddedServer(config -> config.maxQueuedMessages(0));
    }
}
