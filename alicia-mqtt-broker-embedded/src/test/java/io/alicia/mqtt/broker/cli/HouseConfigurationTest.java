package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.RealBroker;
import io.alicia.mqtt.broker.tls.OpenSsl;
import io.alicia.mqtt.broker.tls.Pki;
import io.alicia.mqtt.ports.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A house's file for production as its operator wrote it for Mosquitto: passwords at 1883, certificates as identity with
 * TLS at 8883 and with secure WebSocket at 9001, one access file for all, and a bridge with a certificate of its own to a
 * real Mosquitto. Only ports and paths are the test's.
 */
@Timeout(120)
class HouseConfigurationTest {

    @TempDir
    Path directory;

    private final int plain = FreePort.find();
    private final int tls = FreePort.find();
    private final int webSocket = FreePort.find();
    private final int cloud = FreePort.find();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private void write() throws IOException {
        Files.createDirectory(directory.resolve("data"));
        Files.writeString(directory.resolve("mosquitto.conf"), """
                # The house's broker
                per_listener_settings true
                persistence true
                persistence_location %2$s/data/
                autosave_interval 60
                max_queued_messages 500
                sys_interval 10
                connection_messages true
                log_dest stderr
                log_type all

                # ESP32 devices in the house's own network
                listener %1$d 127.0.0.1
                allow_anonymous false
                password_file %2$s/passwords
                acl_file %2$s/acl

                # Services and mobile apps, by certificate
                listener %3$d
                cafile %2$s/ca.crt
                certfile %2$s/current.crt
                keyfile %2$s/current.key
                crlfile %2$s/revoked.crl
                tls_version tlsv1.2
                ciphers ECDHE+AESGCM:ECDHE+CHACHA20
                require_certificate true
                use_identity_as_username true
                acl_file %2$s/acl

                # The page in the browser, by certificate
                listener %4$d
                protocol websockets
                cafile %2$s/ca.crt
                certfile %2$s/current.crt
                keyfile %2$s/current.key
                require_certificate true
                use_identity_as_username true
                acl_file %2$s/acl

                # What the house shares with the cloud
                connection cloud
                address localhost:%5$d
                remote_clientid house
                bridge_cafile %2$s/ca.crt
                bridge_certfile %2$s/hall.crt
                bridge_keyfile %2$s/hall.key
                topic alicia/sensors/# out 1 "" house/
                topic alicia/sensors/cloud/# in 1 "" world/
                restart_timeout 1
                """.formatted(plain, directory, tls, webSocket, cloud));
        Files.writeString(
                directory.resolve("passwords"),
                "esp32:"
                        + PasswordHash.pbkdf2Sha512(
                                        "secret".getBytes(StandardCharsets.UTF_8),
                                        PasswordHash.MOSQUITTO_ITERATIONS,
                                        new SecureRandom())
                                .encoded()
                        + "\n");
        Files.writeString(directory.resolve("acl"), """
                user esp32
                topic write alicia/sensors/#

                user hall
                topic read alicia/sensors/#

                user attic
                topic read alicia/sensors/attic/#
                """);
    }

    private MqttClient connect(String uri, MqttConnectOptions options) throws MqttException {
        MqttClient client = new MqttClient(uri, "test-" + uri.hashCode(), new MemoryPersistence());
        client.setTimeToWait(10_000);
        client.connect(options);
        return client;
    }

    private static MqttConnectOptions with(Pki pki, String certificate) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setSocketFactory(pki.client(certificate).getSocketFactory());
        return options;
    }

    private static MqttConnectOptions esp32() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName("esp32");
        options.setPassword("secret".toCharArray());
        return options;
    }

    private String next() throws InterruptedException {
        String message = received.poll(10, TimeUnit.SECONDS);
        return message == null ? "nothing in time" : message;
    }

    @Test
    void starts_works_and_keeps_what_it_had_as_written() throws Exception {
        OpenSsl.require("openssl");
        Pki pki = Pki.in(directory);
        pki.replace("current", "server");
        write();

        try (RealBroker mosquitto = cloud();
                BrokerProcess broker =
                        BrokerProcess.ours(directory, "-c", "mosquitto.conf").untilRunning()) {
            MqttClient abroad = connect("tcp://127.0.0.1:" + mosquitto.port(), new MqttConnectOptions());
            abroad.subscribe("house/#", 1, (topic, message) -> received.add("cloud " + topic + " " + message));
            broker.untilLogged("Bridge cloud connected to");
            MqttClient hall = connect("ssl://localhost:" + tls, with(pki, "hall"));
            MqttClient attic = connect("wss://localhost:" + webSocket, with(pki, "attic"));
            MqttClient esp32 = connect("tcp://127.0.0.1:" + plain, esp32());
            hall.subscribe("alicia/sensors/#", 1, (topic, message) -> received.add("hall " + topic + " " + message));
            attic.subscribe("alicia/sensors/#", 1, (topic, message) -> received.add("attic " + topic + " " + message));
            esp32.publish("alicia/sensors/hall/temperature", bytes("21.5"), 1, true);
            assertThat(next() + ", " + next())
                    .contains(
                            "hall alicia/sensors/hall/temperature 21.5",
                            "cloud house/alicia/sensors/hall/temperature 21.5");
            abroad.publish("world/alicia/sensors/cloud/forecast", bytes("rain"), 1, false);
            assertThat(next()).isEqualTo("hall alicia/sensors/cloud/forecast rain");
            esp32.publish("alicia/sensors/attic/temperature", bytes("30"), 1, true);
            assertThat(next() + ", " + next() + ", " + next())
                    .contains(
                            "hall alicia/sensors/attic/temperature 30",
                            "attic alicia/sensors/attic/temperature 30",
                            "cloud house/alicia/sensors/attic/temperature 30");

            assertThatThrownBy(() -> connect("tcp://127.0.0.1:" + plain, new MqttConnectOptions()))
                    .isInstanceOf(MqttException.class);
            for (String certificate : new String[] {"", "stranger", "revoked", "expired"}) {
                assertThatThrownBy(() -> connect("ssl://localhost:" + tls, with(pki, certificate)))
                        .isInstanceOf(MqttException.class);
            }

            pki.replace("current", "second");
            broker.signal("HUP");
            broker.untilLogged("Reloading config.");
            await().until(() -> shownAt(pki).contains("renewed"));
            assertThat(hall.isConnected() && attic.isConnected() && esp32.isConnected())
                    .isTrue();

            Files.writeString(pki.file("current.key"), "half written");
            broker.signal("HUP");
            broker.untilLogged("The configuration stays as it was.");
            assertThat(shownAt(pki)).contains("renewed");

            assertThat(broker.log())
                    .anyMatch(line ->
                            line.contains("New client connected from 127.0.0.1:") && line.endsWith(", u'hall')."))
                    .anyMatch(line -> line.contains("Client connection from 127.0.0.1:") && line.contains(" failed: "))
                    .noneMatch(line -> line.contains("Exception") || line.startsWith("\tat "));
            hall.disconnect();
            attic.disconnect();
            esp32.disconnect();
            abroad.disconnect();
            broker.signal("TERM");
            assertThat(broker.exitCode()).isZero();
        }

        pki.replace("current", "server");
        try (BrokerProcess again =
                BrokerProcess.ours(directory, "-c", "mosquitto.conf").untilRunning()) {
            MqttClient hall = connect("ssl://localhost:" + tls, with(pki, "hall"));
            hall.subscribe("alicia/sensors/hall/#", 1, (topic, message) -> received.add("kept " + message));
            assertThat(next()).isEqualTo("kept 21.5");
            hall.disconnect();
            again.signal("TERM");
            assertThat(again.exitCode()).isZero();
        }
    }

    /** The real Mosquitto, which takes who has a certificate of the house. */
    private RealBroker cloud() throws IOException {
        return RealBroker.start(
                Files.createDirectory(directory.resolve("cloud")),
                "listener " + cloud + " 127.0.0.1",
                "cafile " + directory.resolve("ca.crt"),
                "certfile " + directory.resolve("current.crt"),
                "keyfile " + directory.resolve("current.key"),
                "require_certificate true");
    }

    private String shownAt(Pki pki) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) pki.client("hall").getSocketFactory().createSocket("localhost", tls)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void that_can_not_be_started_is_said_in_one_line() throws Exception {
        OpenSsl.require("openssl");
        Pki pki = Pki.in(directory);
        pki.replace("current", "server");
        write();
        pki.openssl("genpkey", "-algorithm", "RSA", "-out", "current.key");

        try (BrokerProcess broker = BrokerProcess.ours(directory, "-c", "mosquitto.conf")) {
            assertThat(broker.exitCode()).isEqualTo(1);
            assertThat(broker.log())
                    .filteredOn(line -> line.contains("Error"))
                    .singleElement()
                    .asString()
                    .contains("Error: Server certificate/key are inconsistent: the key in keyfile");
        }
    }
}
