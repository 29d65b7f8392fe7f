package io.alicia.mqtt.client;

import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.client.server.ProcessDeathContract;
import io.alicia.mqtt.client.server.TestServer;
import java.util.List;

/** With real Mosquitto at the other end. */
class ProcessDeathTest extends ProcessDeathContract {

    @Override
    protected TestServer startServer() {
        return Mosquitto.start(List.of("allow_anonymous true", "max_queued_messages 0"));
    }
}
