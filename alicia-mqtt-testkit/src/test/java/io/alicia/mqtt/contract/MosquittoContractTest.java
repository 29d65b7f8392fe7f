package io.alicia.mqtt.contract;

import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.client.server.TestServer;

class MosquittoContractTest extends ClientContract {

    @Override
    TestServer start() {
        return Mosquitto.start();
    }
}
