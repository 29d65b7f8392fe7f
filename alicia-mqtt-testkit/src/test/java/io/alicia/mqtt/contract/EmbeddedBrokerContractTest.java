package io.alicia.mqtt.contract;

import io.alicia.mqtt.client.server.TestServer;

class EmbeddedBrokerContractTest extends ClientContract {

    @Override
    TestServer start() {
        return new EmbeddedServer();
    }
}
