package io.alicia.mqtt.client;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.client.server.Moquette;
import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.client.server.TestServer;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.TopicTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.Arguments;

/** Clients of servers that nobody here wrote; closed after each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
abstract class RealServers {

    static final TopicTemplate<String> ROOMS = TopicTemplate.of("story/{room}/note");

    final List<AliciaMqttClient> clients = new ArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    Mosquitto mosquitto;
    private @Nullable Moquette moquette;

    @BeforeAll
    void startServer() {
        mosquitto = Mosquitto.start();
    }

    @AfterAll
    void stopServers() {
        mosquitto.close();
        if (moquette != null) {
            moquette.close();
        }
    }

    @AfterEach
    void closeClients() {
        clients.forEach(AliciaMqtt::close);
        clients.clear();
    }

    /** Over TCP, which is all that most stories need. */
    Stream<Arguments> versionsAndServers() {
        return versionsAndAddresses(server -> Stream.of(server.tcp()));
    }

    /** Over TCP and WebSocket. */
    Stream<Arguments> versionsServersAndSockets() {
        return versionsAndAddresses(server -> Stream.of(server.tcp(), server.webSocket()));
    }

    private Stream<Arguments> versionsAndAddresses(Function<TestServer, Stream<ServerAddress>> addressesOf) {
        return Stream.of(MqttVersion.values())
                .flatMap(version -> Stream.of(mosquitto, moquette())
                        .filter(server -> server.speaks(version))
                        .flatMap(addressesOf)
                        .map(address -> Arguments.of(version, address)));
    }

    /** Started by the first who asks. */
    private Moquette moquette() {
        Moquette started = moquette == null ? Moquette.start() : moquette;
        moquette = started;
        return started;
    }

    AliciaMqttClient client(MqttVersion version, ServerAddress server) {
        AliciaMqttClient client =
                AliciaMqttClient.builder().server(server).version(version).connect();
        clients.add(client);
        return client;
    }

    String uniqueId(String name) {
        return name + "-" + ids.incrementAndGet();
    }

    static SensorReading reading(String deviceId, double celsius) {
        return SensorReading.builder()
                .deviceId(DeviceId.of(deviceId))
                .temperatureCelsius(celsius)
                .build();
    }

    static double temperature(SensorReading reading) {
        return reading.temperatureCelsius().orElseThrow();
    }
}
