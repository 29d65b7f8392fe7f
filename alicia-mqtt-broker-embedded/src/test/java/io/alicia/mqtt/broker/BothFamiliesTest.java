package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.broker.tls.OpenSsl;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One port with a listener for IPv4 and another one for IPv6, which share nothing but the port. */
@Timeout(60)
@ExtendWith(LeakExtension.class)
class BothFamiliesTest {

    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "::1";

    @TempDir
    Path directory;

    private final int port = FreePort.find();

    @BeforeEach
    void requireIpv6() throws IOException {
        boolean there = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
        Assumptions.assumeTrue(there, "this machine has no IPv6");
    }

    private BrokerConfig config(List<String> lines) throws IOException {
        return BrokerConfig.fromMosquitto(Files.write(directory.resolve("m.conf"), lines));
    }

    private List<String> listener(String lines, String... options) {
        List<String> all = new ArrayList<>(lines.replace("listener", "listener " + port)
                .replace(";", "\n")
                .lines()
                .toList());
        all.addAll(List.of(options));
        return all;
    }

    private static List<String> conf(List<String> one, List<String> other) {
        List<String> all = new ArrayList<>(List.of("per_listener_settings true"));
        all.addAll(one);
        all.addAll(other);
        return all;
    }

    private RawClient at(String address) {
        try {
            return RawClient.on(new Socket(InetAddress.getByName(address), port), MqttVersion.MQTT_5);
        } catch (IOException e) {
            throw new AssertionError("cannot connect to " + address, e);
        }
    }

    private ReasonCode answer(String address) {
        try (RawClient client = at(address)) {
            return client.connect("c").reasonCode();
        }
    }

    private List<ReasonCode> answers() {
        return List.of(answer(IPV4), answer(IPV6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            listener 0.0.0.0            | listener ::                 | false
            listener 0.0.0.0            | listener ::                 | true
            listener 127.0.0.1          | listener ::                 | false
            listener 127.0.0.1          | listener ::                 | true
            listener;socket_domain ipv4 | listener;socket_domain ipv6 | false
            listener;socket_domain ipv4 | listener;socket_domain ipv6 | true
            listener 0.0.0.0            | listener;socket_domain ipv6 | false
            """)
    void each_has_its_own_settings_as_with_mosquitto(String ipv4, String ipv6, boolean ipv6First) throws IOException {
        OpenSsl.require("mosquitto");
        List<String> first = listener(ipv4, "allow_anonymous false");
        List<String> second = listener(ipv6, "allow_anonymous true");
        List<String> conf = ipv6First ? conf(second, first) : conf(first, second);
        List<ReasonCode> theirs;
        try (MosquittoBroker mosquitto = MosquittoBroker.start(directory, port, conf)) {
            theirs = mosquitto.whileRunning(this::answers);
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(config(conf))) {
            assertThat(answers()).isEqualTo(theirs).containsExactly(ReasonCode.NOT_AUTHORIZED, ReasonCode.SUCCESS);
            assertThat(broker.addresses()).extracting(BoundAddress::port).containsExactly(port, port);
            assertThat(broker.addresses())
                    .extracting(BoundAddress::host)
                    .doesNotHaveDuplicates()
                    .contains("::");
        }
    }

    @Test
    void an_ipv4_address_that_neither_listener_has_leads_nowhere() throws IOException {
        List<String> conf = conf(
                listener("listener 127.0.0.1", "allow_anonymous true"),
                listener("listener ::", "allow_anonymous true"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(config(conf));
                RawClient stranger = at("127.0.0.2")) {
            assertThat(broker.addresses()).hasSize(2);
            stranger.expectClosed();
            assertThat(answers()).containsOnly(ReasonCode.SUCCESS);
        }
    }

    @Test
    void a_full_listener_keeps_nobody_from_the_other() throws IOException {
        List<String> conf = conf(
                listener("listener 0.0.0.0", "allow_anonymous true", "max_connections 1"),
                listener("listener ::", "allow_anonymous true"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(config(conf));
                RawClient first = at(IPV4).connected("first")) {
            assertThat(broker.addresses()).hasSize(2);
            try (RawClient second = at(IPV4)) {
                second.expectClosed();
            }
            assertThat(answer(IPV6)).isEqualTo(ReasonCode.SUCCESS);
            first.ping();
        }
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, ::, 127.0.0.1", "127.0.0.1, ::, 0.0.0.0", "::, 127.0.0.1, 127.0.0.1", "0.0.0.0, ::, ::"})
    void an_address_that_two_listeners_want_stops_the_start(String one, String two, String three) {
        List<String> conf = new ArrayList<>(conf(listener("listener " + one), listener("listener " + two)));
        conf.addAll(listener("listener " + three));

        assertThatThrownBy(() -> EmbeddedBroker.start(config(conf)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot listen on " + three + " port " + port
                        + ": Address already in use, by another listener of the configuration");
    }

    @Test
    void a_reload_changes_the_one_that_it_means() throws IOException {
        List<String> ipv4 = listener("listener;socket_domain ipv4", "allow_anonymous true");
        try (EmbeddedBroker broker = EmbeddedBroker.start(
                config(conf(ipv4, listener("listener;socket_domain ipv6", "allow_anonymous true"))))) {
            assertThat(answers()).containsOnly(ReasonCode.SUCCESS);

            broker.reload(config(conf(
                    ipv4,
                    listener("listener;socket_domain ipv6", "allow_anonymous true", "accept_protocol_versions 4"))));

            assertThat(answers()).containsExactly(ReasonCode.SUCCESS, ReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
        }
    }

    @ParameterizedTest
    @CsvSource({"listener;socket_domain ipv4", "listener 127.0.0.1"})
    void what_is_retained_by_one_is_judged_by_its_rules_and_not_by_those_of_the_other(String ipv4) throws IOException {
        Path devices =
                Files.writeString(directory.resolve("devices.acl"), "user esp32_device\ntopic readwrite alicia/#\n");
        Path apps = Files.writeString(directory.resolve("apps.acl"), "user mobile_app\ntopic read alicia/#\n");
        List<String> conf = conf(
                listener("listener;socket_domain ipv6", "allow_anonymous true", "acl_file " + apps),
                listener(ipv4, "allow_anonymous true", "acl_file " + devices));
        try (EmbeddedBroker broker = EmbeddedBroker.start(config(conf));
                RawClient device = at(IPV4);
                RawClient app = at(IPV6)) {
            assertThat(broker.addresses()).hasSize(2);
            assertThat(device.connect("hall", "esp32_device", "x").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            device.publishAndAwait("alicia/r", "kept", Qos.AT_LEAST_ONCE, true);

            assertThat(app.connect("phone", "mobile_app", "x").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            app.subscribed("alicia/r", Qos.AT_MOST_ONCE);

            assertThat(RawClient.text(app.receivePublish())).isEqualTo("kept");
        }
    }
}
