package io.alicia.mqtt.contract;

import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.client.server.TestServer;
import io.alicia.mqtt.connection.ServerAddress;

/** The embedded broker, letting everybody in. */
final class EmbeddedServer implements TestServer {

    private final EmbeddedBroker broker =
            EmbeddedBroker.builder().tcp(0).webSocket(0).allowAnonymous().start();

    @Override
    public ServerAddress tcp() {
        return ServerAddress.of(broker.uri());
    }

    @Override
    public ServerAddress webSocket() {
        return ServerAddress.of("ws://127.0.0.1:" + broker.webSocketPort() + "/mqtt");
    }

    @Override
    public void close() {
        broker.close();
    }
}
