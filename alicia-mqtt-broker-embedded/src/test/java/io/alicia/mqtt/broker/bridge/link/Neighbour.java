package io.alicia.mqtt.broker.bridge.link;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** A client on one side of a bridge that nobody here wrote (Eclipse Paho): publishes, and keeps what it hears. */
final class Neighbour implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final MqttClient client;
    private final Connection connection = new Connection();

    private Neighbour(MqttClient client) {
        this.client = client;
    }

    static Neighbour at(int port, String... filters) {
        try {
            MqttClient client = new MqttClient(
                    "tcp://127.0.0.1:" + port, "neighbour-" + UUID.randomUUID(), new MemoryPersistence());
            Neighbour neighbour = new Neighbour(client);
            client.setCallback(neighbour.new Ears());
            MqttConnectOptions options = new MqttConnectOptions();
            options.setMaxInflight(1000);
            options.setSocketFactory(neighbour.connection);
            client.connect(options);
            for (String filter : filters) {
                client.subscribe(filter, 2);
            }
            return neighbour;
        } catch (MqttException e) {
            throw new AssertionError("cannot connect to port " + port, e);
        }
    }

    /** Publishes and waits until the broker has the message. */
    void says(String topic, String payload, int qos, boolean retain) {
        try {
            client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, retain);
        } catch (MqttException e) {
            throw new AssertionError("cannot publish to " + topic, e);
        }
    }

    void says(String topic, String payload) {
        says(topic, payload, 1, false);
    }

    /** All that it has heard, as "topic payload", with "retained" behind it if the flag was set. */
    List<String> heard() {
        return new ArrayList<>(heard);
    }

    Neighbour awaitHeard(String message) {
        await("\"" + message + "\" among " + heard)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> heard.contains(message));
        return this;
    }

    void awaitHeard(int count) {
        await(count + " messages")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> heard.size() >= count);
    }

    /** Ends the connection without a word. Paho's own way waits for each of its threads in steps of 100 ms. */
    @Override
    public void close() {
        connection.end();
    }

    /** The client's one socket. */
    private static final class Connection extends SocketFactory {

        private @Nullable Socket socket;

        @Override
        public synchronized Socket createSocket() {
            Socket created = new Socket();
            socket = created;
            return created;
        }

        synchronized void end() {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("Paho connects by itself");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException("Paho connects by itself");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException("Paho connects by itself");
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException("Paho connects by itself");
        }
    }

    private final class Ears implements MqttCallback {

        @Override
        public void connectionLost(Throwable cause) {
            // The test kills brokers; what matters is what was heard.
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            heard.add(topic + " " + new String(message.getPayload(), StandardCharsets.UTF_8)
                    + (message.isRetained() ? " retained" : ""));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // Blocking calls tell that already.
        }
    }
}
