package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that nobody here wrote: Eclipse Paho's for both versions, over TCP and WebSocket. */
class PahoClientsTest {

    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .webSocket(0)
            .account("kitchen", "secret")
            .start();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        broker.close();
    }

    private String uri(String scheme) {
        return scheme.equals("tcp")
                ? "tcp://127.0.0.1:" + broker.port()
                : "ws://127.0.0.1:" + broker.webSocketPort() + "/mqtt";
    }

    private String next() throws InterruptedException {
        String message = received.poll(10, TimeUnit.SECONDS);
        return message == null ? "nothing in time" : message;
    }

    @ParameterizedTest(name = "{0}, QoS {1}")
    @CsvSource({"tcp,0", "tcp,1", "tcp,2", "ws,0", "ws,1", "ws,2"})
    void of_3_1_1_publish_subscribe_and_get_retained_messages(String scheme, int qos) throws Exception {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName("kitchen");
        options.setPassword("secret".toCharArray());
        try (MqttClient client = new MqttClient(uri(scheme), "paho", new MemoryPersistence())) {
            client.connect(options);
            client.publish("house/hall", "kept".getBytes(StandardCharsets.UTF_8), qos, true);
            client.subscribe(
                    "house/#",
                    qos,
                    (topic, message) ->
                            received.add(topic + " " + message.getQos() + " " + message.isRetained() + " " + message));

            assertThat(next()).isEqualTo("house/hall " + qos + " true kept");
            client.publish("house/attic", "new".getBytes(StandardCharsets.UTF_8), qos, false);
            assertThat(next()).isEqualTo("house/attic " + qos + " false new");
            client.unsubscribe("house/#");
            client.disconnect();
        }
    }

    @ParameterizedTest(name = "{0}, QoS {1}")
    @CsvSource({"tcp,0", "tcp,1", "tcp,2", "ws,0", "ws,1", "ws,2"})
    void of_5_publish_subscribe_and_get_retained_messages(String scheme, int qos) throws Exception {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName("kitchen");
        options.setPassword("secret".getBytes(StandardCharsets.UTF_8));
        org.eclipse.paho.mqttv5.client.MqttClient client = new org.eclipse.paho.mqttv5.client.MqttClient(
                uri(scheme), "paho", new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
        try {
            client.connect(options);
            client.publish("house/hall", "kept".getBytes(StandardCharsets.UTF_8), qos, true);
            IMqttMessageListener listener = (topic, message) ->
                    received.add(topic + " " + message.getQos() + " " + message.isRetained() + " " + message);
            client.subscribe(
                    new MqttSubscription[] {new MqttSubscription("house/#", qos)},
                    new IMqttMessageListener[] {listener});

            assertThat(next()).isEqualTo("house/hall " + qos + " true kept");
            MqttMessage message = new MqttMessage("new".getBytes(StandardCharsets.UTF_8));
            message.setQos(qos);
            client.publish("house/attic", message);
            assertThat(next()).isEqualTo("house/attic " + qos + " false new");
            client.unsubscribe("house/#");
            client.disconnect();
        } finally {
            client.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp", "ws"})
    void of_3_1_1_leave_a_will(String scheme) throws Exception {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName("kitchen");
        options.setPassword("secret".toCharArray());
        try (MqttClient watching = new MqttClient(uri(scheme), "watching", new MemoryPersistence());
                MqttClient dying = new MqttClient(uri(scheme), "dying", new MemoryPersistence())) {
            watching.connect(options);
            watching.subscribe(
                    "house/#", 1, (topic, message) -> received.add(topic + " " + message.getQos() + " " + message));
            options.setWill("house/status", "offline".getBytes(StandardCharsets.UTF_8), 1, true);
            dying.connect(options);

            dying.disconnectForcibly(0, 1, false);

            assertThat(next()).isEqualTo("house/status 1 offline");
            watching.disconnect();
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp", "ws"})
    void of_5_leave_a_will(String scheme) throws Exception {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName("kitchen");
        options.setPassword("secret".getBytes(StandardCharsets.UTF_8));
        org.eclipse.paho.mqttv5.client.MqttClient watching = paho5(scheme, "watching");
        org.eclipse.paho.mqttv5.client.MqttClient dying = paho5(scheme, "dying");
        try {
            watching.connect(options);
            IMqttMessageListener listener =
                    (topic, message) -> received.add(topic + " " + message.getQos() + " " + message);
            watching.subscribe(
                    new MqttSubscription[] {new MqttSubscription("house/#", 1)}, new IMqttMessageListener[] {listener});
            options.setWill("house/status", new MqttMessage("offline".getBytes(StandardCharsets.UTF_8), 1, true, null));
            dying.connect(options);

            dying.disconnectForcibly(0, 1, false);

            assertThat(next()).isEqualTo("house/status 1 offline");
            watching.disconnect();
        } finally {
            dying.close();
            watching.close();
        }
    }

    private org.eclipse.paho.mqttv5.client.MqttClient paho5(String scheme, String clientIdentifier)
            throws org.eclipse.paho.mqttv5.common.MqttException {
        return new org.eclipse.paho.mqttv5.client.MqttClient(
                uri(scheme), clientIdentifier, new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
    }
}
