package io.alicia.mqtt.client.hivemq;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.server.Mosquitto;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.TransportOptions;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a bridge asks for in its CONNECT and below, seen from the server's side of the socket. */
class BridgeRequestTest {

    private static final int FIRST_BYTES = 512;

    private final HiveMqTransportProvider provider = new HiveMqTransportProvider();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(10_000);
    }

    @AfterEach
    void stopListening() throws IOException {
        server.close();
    }

    @Test
    void a_bridge_of_3_1_1_sets_the_highest_bit_of_the_protocol_level() throws IOException {
        String bridge = hex(firstBytes(MqttVersion.MQTT_3_1_1, plain().bridge(true)));
        String client = hex(firstBytes(MqttVersion.MQTT_3_1_1, plain()));

        assertThat(bridge).contains("00044d51545484");
        assertThat(client).contains("00044d51545404");
        assertThat(bridge.replace("4d51545484", "4d51545404")).isEqualTo(client);
    }

    @Test
    void a_bridge_of_mqtt_5_has_subscription_options_instead_of_a_mark() throws IOException {
        assertThat(hex(firstBytes(MqttVersion.MQTT_5, plain().bridge(true)))).contains("00044d51545405");
    }

    @Test
    void limits_of_mqtt_5_are_told_to_the_server() throws IOException {
        String connect = hex(firstBytes(
                MqttVersion.MQTT_5,
                plain().maximumPacketSize(4660).topicAliasMaximum(258).receiveMaximum(7)));

        assertThat(connect).contains("210007").contains("220102").contains("2700001234");
    }

    @Test
    void application_protocols_are_offered_in_the_tls_client_hello() throws IOException {
        byte[] hello = firstBytes(
                MqttVersion.MQTT_5,
                request("mqtts")
                        .tls(TlsOptions.builder()
                                .addApplicationProtocols("x-amzn-mqtt-ca")
                                .build()));

        assertThat(hello[0]).as("a TLS handshake record").isEqualTo((byte) 22);
        assertThat(new String(hello, StandardCharsets.ISO_8859_1)).contains("x-amzn-mqtt-ca");
    }

    @Test
    void the_connection_comes_from_the_local_host_that_is_named() throws IOException {
        MqttTransport transport = transport(MqttVersion.MQTT_3_1_1);
        Disposable attempt = connecting(transport, plain().localHost("127.0.0.2"));

        try (Socket accepted = server.accept()) {
            assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
        } finally {
            end(transport, attempt);
        }
    }

    @Test
    void mosquitto_leaves_out_what_a_bridge_published_itself_and_keeps_the_retain_flag() {
        try (Mosquitto mosquitto = Mosquitto.start()) {
            MqttTransport bridging = transport(MqttVersion.MQTT_3_1_1);
            MqttTransport other = provider.create(
                    TransportOptions.builder().clientIdentifier("other").build());
            TestSubscriber<Delivery> arrived = bridging.deliveries().test();
            MqttConnection bridge =
                    bridging.connect(to(mosquitto.tcp()).bridge(true).build()).blockingGet();
            bridge.subscribe(List.of(new Subscription(TopicFilter.of("t/#"), Qos.AT_LEAST_ONCE)))
                    .ignoreElement()
                    .blockingAwait();
            MqttConnection stranger = other.connect(to(mosquitto.tcp()).build()).blockingGet();

            bridge.publish(message("t/own")).ignoreElement().blockingAwait();
            stranger.publish(message("t/other")).ignoreElement().blockingAwait();

            arrived.awaitCount(1);
            assertThat(arrived.values()).singleElement().satisfies(delivery -> {
                assertThat(delivery.message().topic().value()).isEqualTo("t/other");
                assertThat(delivery.message().retain()).isTrue();
            });
            assertThat(bridging.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue();
            assertThat(other.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    private byte[] firstBytes(MqttVersion version, ConnectRequest.Builder request) throws IOException {
        MqttTransport transport = transport(version);
        Disposable attempt = connecting(transport, request);
        try (Socket accepted = server.accept()) {
            accepted.setSoTimeout(10_000);
            byte[] bytes = new byte[FIRST_BYTES];
            int length = accepted.getInputStream().read(bytes);
            return Arrays.copyOf(bytes, Math.max(0, length));
        } finally {
            end(transport, attempt);
        }
    }

    private MqttTransport transport(MqttVersion version) {
        return provider.create(TransportOptions.builder()
                .version(version)
                .clientIdentifier("bridge")
                .build());
    }

    private static Disposable connecting(MqttTransport transport, ConnectRequest.Builder request) {
        return transport.connect(request.build()).subscribe(connection -> {}, failure -> {});
    }

    private static void end(MqttTransport transport, Disposable attempt) {
        attempt.dispose();
        assertThat(transport.close().blockingAwait(5, TimeUnit.SECONDS)).isTrue();
    }

    private ConnectRequest.Builder plain() {
        return request("mqtt");
    }

    private ConnectRequest.Builder request(String scheme) {
        return to(new ServerAddress(scheme, "127.0.0.1", server.getLocalPort(), ""));
    }

    private static ConnectRequest.Builder to(ServerAddress address) {
        ConnectRequest.Builder builder = ConnectRequest.builder();
        builder.server(address);
        return builder;
    }

    private static ApplicationMessage message(String topic) {
        return ApplicationMessage.builder()
                .topic(TopicName.of(topic))
                .payload(BinaryData.ofUtf8("x"))
                .qos(Qos.AT_LEAST_ONCE)
                .retain(true)
                .build();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
