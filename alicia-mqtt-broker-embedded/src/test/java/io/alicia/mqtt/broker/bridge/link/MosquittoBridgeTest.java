package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real Mosquitto as a bridge to our broker. */
class MosquittoBridgeTest {

    private final List<AutoCloseable> open = new ArrayList<>();
    private final EmbeddedBroker broker = closing(EmbeddedBroker.builder()
            .tcp(0)
            .allowAnonymous()
            .access(AccessPolicy.unrestricted())
            .start());

    @BeforeAll
    static void requireMosquitto() {
        MosquittoServer.require();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    private MosquittoServer bridging(String version, int port, String topic) {
        String name = "theirs-" + version;
        MosquittoServer mosquitto = closing(MosquittoServer.start(
                "connection " + name,
                "address 127.0.0.1:" + port,
                "remote_clientid " + name,
                "bridge_protocol_version " + version,
                "restart_timeout 1",
                "topic " + topic));
        await("the bridge of Mosquitto")
                .atMost(Duration.ofSeconds(15))
                .until(() -> broker.connectedClients().contains(name)
                        && mosquitto.log().contains("Received SUBACK from"));
        return mosquitto;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv50"})
    void messages_pass_both_ways_and_never_come_back(String version) {
        MosquittoServer mosquitto = bridging(version, broker.port(), "sensors/# both 2 theirs/ ours/");
        Neighbour ours = closing(Neighbour.at(broker.port(), "#"));
        Neighbour theirs = closing(Neighbour.at(mosquitto.port(), "#"));

        for (int qos = 0; qos <= 2; qos++) {
            ours.says("ours/sensors/in", "q" + qos, qos, false);
            theirs.says("theirs/sensors/out", "q" + qos, qos, false);
        }

        theirs.awaitHeard("theirs/sensors/in q0")
                .awaitHeard("theirs/sensors/in q1")
                .awaitHeard("theirs/sensors/in q2");
        ours.awaitHeard("ours/sensors/out q0").awaitHeard("ours/sensors/out q1").awaitHeard("ours/sensors/out q2");
        ours.says("ours/sensors/in", "end");
        theirs.says("theirs/sensors/out", "end");
        theirs.awaitHeard("theirs/sensors/in end");
        ours.awaitHeard("ours/sensors/out end");
        assertThat(ours.heard()).hasSize(8).doesNotHaveDuplicates();
        assertThat(theirs.heard()).hasSize(8).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv50"})
    void a_message_that_is_retained_here_while_the_bridge_is_connected_is_retained_there(String version) {
        MosquittoServer mosquitto = bridging(version, broker.port(), "state/# both 1");
        Neighbour ours = closing(Neighbour.at(broker.port(), "state/#"));
        Neighbour theirs = closing(Neighbour.at(mosquitto.port(), "state/#"));

        ours.says("state/ours", "x", 1, true);
        theirs.says("state/theirs", "x", 1, true);
        theirs.awaitHeard("state/ours x");
        ours.awaitHeard("state/theirs x");

        closing(Neighbour.at(mosquitto.port(), "state/#")).awaitHeard("state/ours x retained");
        closing(Neighbour.at(broker.port(), "state/#")).awaitHeard("state/theirs x retained");
    }

    @Test
    void what_both_sides_publish_while_the_network_is_away_arrives() {
        Relay relay = closing(new Relay(broker.port()));
        MosquittoServer v311 = bridging("mqttv311", relay.port(), "a/# both 2");
        MosquittoServer v50 = bridging("mqttv50", relay.port(), "b/# both 2");
        Neighbour ours = closing(Neighbour.at(broker.port(), "a/out", "b/out"));
        Neighbour at311 = closing(Neighbour.at(v311.port(), "a/in"));
        Neighbour at50 = closing(Neighbour.at(v50.port()));
        ours.says("a/in", "before", 2, false);
        at311.awaitHeard("a/in before");

        relay.cut();
        await().until(() -> broker.connectedClients().stream().noneMatch(name -> name.startsWith("theirs")));
        for (int i = 0; i < 20; i++) {
            at311.says("a/out", String.valueOf(i), 1 + i % 2, false);
            ours.says("a/in", String.valueOf(i), 1 + i % 2, false);
            // Mosquitto 2.0 asks for no Session Expiry Interval over MQTT 5: what it misses from here is gone.
            at50.says("b/out", String.valueOf(i), 1 + i % 2, false);
        }
        relay.mend();

        IntStream.range(0, 20).forEach(i -> {
            ours.awaitHeard("a/out " + i);
            ours.awaitHeard("b/out " + i);
            at311.awaitHeard("a/in " + i);
        });
    }
}
