package io.alicia.mqtt.contract;

import io.alicia.mqtt.client.server.Moquette;
import io.alicia.mqtt.client.server.TestServer;

/** Version 0.17 speaks 3.1.1 alone. */
class MoquetteContractTest extends ClientContract {

    @Override
    TestServer start() {
        return Moquette.start();
    }
}
