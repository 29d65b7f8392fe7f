package io.alicia.mqtt.contract;

import io.alicia.mqtt.client.server.FailoverContract;
import io.alicia.mqtt.client.server.MortalServer;

/** With two of our brokers. */
class EmbeddedBrokerFailoverTest extends FailoverContract {

    @Override
    protected MortalServer startServer() {
        return new EmbeddedServer();
    }
}
