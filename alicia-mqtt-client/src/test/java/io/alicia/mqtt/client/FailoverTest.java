package io.alicia.mqtt.client;

import io.alicia.mqtt.client.server.FailoverContract;
import io.alicia.mqtt.client.server.MortalServer;
import io.alicia.mqtt.client.server.Mosquitto;

/** With two real Mosquittos. */
class FailoverTest extends FailoverContract {

    @Override
    protected MortalServer startServer() {
        return Mosquitto.start();
    }
}
