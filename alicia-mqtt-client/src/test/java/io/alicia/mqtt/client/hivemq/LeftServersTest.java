package io.alicia.mqtt.client.hivemq;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.internal.mqtt.MqttClientConfig;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.TransportOptions;
import io.reactivex.rxjava3.disposables.Disposable;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that a transport goes to and leaves, as one does that has several and finds none. */
@Timeout(30)
class LeftServersTest {

    private static final Pattern CLIENTS =
            Pattern.compile("(\\d+)\\s+\\d+\\s+" + Pattern.quote(MqttClientConfig.class.getName()) + "(\\s|$)");

    @Test
    void leave_nothing_behind_in_memory() throws JMException {
        MqttTransport transport = new HiveMqTransportProvider()
                .create(TransportOptions.builder()
                        .version(MqttVersion.MQTT_5)
                        .clientIdentifier("wandering")
                        .build());
        Disposable listening = transport.deliveries().subscribe();
        List<ServerAddress> servers = List.of(nobody(), nobody());
        fail(transport, servers.get(0));
        int before = clients();

        for (int i = 0; i < 50; i++) {
            servers.forEach(server -> fail(transport, server));
        }

        assertThat(clients()).isLessThanOrEqualTo(before + 1);
        listening.dispose();
        transport.close().blockingAwait();
    }

    private static ServerAddress nobody() {
        return ServerAddress.of("mqtt://127.0.0.1:" + FreePort.find());
    }

    private static void fail(MqttTransport transport, ServerAddress server) {
        transport
                .connect(ConnectRequest.builder().server(server).build())
                .test()
                .awaitDone(5, TimeUnit.SECONDS)
                .assertError(ConnectFailedException.class);
    }

    /** Those that something still holds. */
    private static int clients() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Matcher found = CLIENTS.matcher(histogram);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
