package io.alicia.mqtt.contract;

import io.alicia.mqtt.broker.BrokerConfig;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.client.server.TestServer;
import io.alicia.mqtt.connection.ServerAddress;
import java.util.function.Consumer;

/** The embedded broker, letting everybody in. */
final class EmbeddedServer implements TestServer {

    private final EmbeddedBroker broker;

    /** As it comes. */
    EmbeddedServer() {
        this(config -> {});
    }

    /** With other settings. */
    EmbeddedServer(Consumer<BrokerConfig.Builder> settings) {
        broker = EmbeddedBroker.builder()
                .tcp(0)
                .webSocket(0)
                .allowAnonymous()
                .configure(settings)
                .start();
    }

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
