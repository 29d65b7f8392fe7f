package io.alicia.mqtt.contract;

import io.alicia.mqtt.client.server.TestServer;

class HiveMqContractTest extends ClientContract {

    @Override
    TestServer start() {
        return new HiveMqCommunityEdition();
    }
}
