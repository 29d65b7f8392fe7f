package io.alicia.mqtt.client.server;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Moquette in this JVM, letting everybody in and remembering nothing. */
public final class Moquette implements TestServer {

    private final Server server = new Server();
    private final int tcpPort = FreePort.find();
    private final int webSocketPort = FreePort.find();

    private Moquette() {}

    /** Starts one. */
    public static Moquette start() {
        Moquette moquette = new Moquette();
        Properties properties = new Properties();
        properties.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
        properties.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(moquette.tcpPort));
        properties.setProperty(IConfig.WEB_SOCKET_PORT_PROPERTY_NAME, Integer.toString(moquette.webSocketPort));
        properties.setProperty(IConfig.WEB_SOCKET_PATH_PROPERTY_NAME, "/mqtt");
        properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
        properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        try {
            moquette.server.startServer(new MemoryConfig(properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return moquette;
    }

    @Override
    public ServerAddress tcp() {
        return ServerAddress.of("mqtt://127.0.0.1:" + tcpPort);
    }

    @Override
    public ServerAddress webSocket() {
        return ServerAddress.of("ws://127.0.0.1:" + webSocketPort + "/mqtt");
    }

    /** Version 0.17 knows 3.1.1 alone. */
    @Override
    public boolean speaks(MqttVersion version) {
        return version == MqttVersion.MQTT_3_1_1;
    }

    /** Without waiting for its end: it lets two seconds without work pass before. */
    @Override
    public void close() {
        Thread stopping = new Thread(server::stopServer, "moquette-stops");
        stopping.setDaemon(true);
        stopping.start();
    }
}
