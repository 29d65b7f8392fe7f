package io.alicia.mqtt.contract;

import io.alicia.mqtt.broker.BrokerConfig;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.client.server.MortalServer;
import io.alicia.mqtt.connection.ServerAddress;
import java.util.function.Consumer;

/** The embedded broker, letting everybody in. */
final class EmbeddedServer implements MortalServer {

    private final Consumer<BrokerConfig.Builder> settings;
    private final int tcpPort;
    private final int webSocketPort;
    private EmbeddedBroker broker;

    /** As it comes. */
    EmbeddedServer() {
        this(config -> {});
    }

    /** With other settings. */
    EmbeddedServer(Consumer<BrokerConfig.Builder> settings) {
        this.settings = settings;
        broker = start(0, 0);
        tcpPort = broker.port();
        webSocketPort = broker.webSocketPort();
    }

    private EmbeddedBroker start(int atTcpPort, int atWebSocketPort) {
        return EmbeddedBroker.builder()
                .tcp(atTcpPort)
                .webSocket(atWebSocketPort)
                .allowAnonymous()
                .configure(settings)
                .start();
    }

    @Override
    public ServerAddress tcp() {
        return ServerAddress.of("mqtt://127.0.0.1:" + tcpPort);
    }

    @Override
    public ServerAddress webSocket() {
        return ServerAddress.of("ws://127.0.0.1:" + webSocketPort + "/mqtt");
    }

    /** With a goodbye to who speaks MQTT 5: it is in this process. */
    @Override
    public void kill() {
        broker.close();
    }

    @Override
    public void startAgain() {
        broker = start(tcpPort, webSocketPort);
    }

    @Override
    public void close() {
        broker.close();
    }
}
