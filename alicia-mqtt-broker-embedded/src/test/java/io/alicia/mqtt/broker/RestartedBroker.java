package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is stopped and started, and keeps what it has in a file. */
abstract class RestartedBroker {

    static final ConnectProperties DAY = expiry(24 * 3600);

    @TempDir
    Path directory;

    final TestTime time = new TestTime();
    EmbeddedBroker broker;

    @BeforeEach
    void start() {
        broker = started(2);
    }

    EmbeddedBroker started(int workerThreads) {
        return EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .persistence(directory.resolve("mosquitto.db"))
                .configure(config -> config.workerThreads(workerThreads))
                .time(time, time)
                .start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    void restart() {
        broker.close();
        start();
    }

    RawClient persistent(String clientIdentifier) {
        RawClient client = RawClient.v5(broker);
        assertThat(client.connect(clientIdentifier, false, DAY).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }

    RawClient back(String clientIdentifier) {
        RawClient client = RawClient.v5(broker);
        assertThat(client.connect(clientIdentifier, false, DAY).sessionPresent())
                .as("session of %s", clientIdentifier)
                .isTrue();
        return client;
    }

    void publish(String topic, String payload, Qos qos, boolean retain) {
        try (RawClient publisher = RawClient.v5(broker).connected("publisher")) {
            publisher.publishAndAwait(topic, payload, qos, retain);
        }
    }
}
