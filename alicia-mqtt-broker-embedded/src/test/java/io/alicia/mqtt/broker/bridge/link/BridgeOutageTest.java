package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.protocol.MqttVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a bridge keeps while the network or the remote broker is away. */
class BridgeOutageTest extends BridgeScene {

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void nothing_is_lost_and_qos_2_comes_once_when_the_network_goes_away_again_and_again(MqttVersion version) {
        Relay relay = closing(new Relay(mosquitto.port()));
        EmbeddedBroker broker = connected(bridged(to(relay.port())
                .protocolVersion(version)
                .addTopics(both("q1/#"), both("q2/#"))
                .build()));
        Neighbour near = closing(Neighbour.at(broker.port(), "q1/in", "q2/in"));
        Neighbour far = closing(Neighbour.at(mosquitto.port(), "q1/out", "q2/out"));

        int rounds = 3;
        int each = 8;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < each; i++) {
                String number = String.valueOf(round * each + i);
                near.says("q1/out", number, 1, false);
                near.says("q2/out", number, 2, false);
                far.says("q1/in", number, 1, false);
                far.says("q2/in", number, 2, false);
                if (i == each / 2) {
                    relay.cut();
                }
            }
            relay.mend();
        }

        List<String> out = numbered("q2/out", rounds * each);
        List<String> in = numbered("q2/in", rounds * each);
        out.forEach(far::awaitHeard);
        in.forEach(near::awaitHeard);
        numbered("q1/out", rounds * each).forEach(far::awaitHeard);
        numbered("q1/in", rounds * each).forEach(near::awaitHeard);
        assertThat(far.heard()).filteredOn(line -> line.startsWith("q2")).containsExactlyElementsOf(out);
        assertThat(near.heard()).filteredOn(line -> line.startsWith("q2")).containsExactlyElementsOf(in);
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void what_is_published_while_the_remote_broker_is_dead_waits_for_it(MqttVersion version) {
        EmbeddedBroker broker = connected(bridged(to(mosquitto.port())
                .protocolVersion(version)
                .addTopics(both("news/#"))
                .build()));
        Neighbour near = closing(Neighbour.at(broker.port()));

        mosquitto.kill();
        awaitState(broker, "0");
        for (int i = 0; i < 30; i++) {
            near.says("news/" + i, "while dead", 1 + i % 2, true);
        }
        mosquitto.startAgain();

        awaitState(broker, "1");
        Neighbour far = closing(Neighbour.at(mosquitto.port(), "news/#"));
        far.awaitHeard(30);
        near.says("news/end", "x", 2, false);
        far.awaitHeard("news/end x");
        assertThat(far.heard()).hasSize(30 + 1).doesNotHaveDuplicates();
        assertThat(far.heard())
                .extracting(heard -> heard.substring(0, heard.indexOf(' ')))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void a_retained_message_crosses_once_however_often_the_network_goes_away(MqttVersion version) {
        Relay relay = closing(new Relay(mosquitto.port()));
        EmbeddedBroker broker = connected(bridged(to(relay.port())
                .protocolVersion(version)
                .sessionExpiryInterval(3600)
                .addTopics(both("state/#"))
                .build()));
        Neighbour near = closing(Neighbour.at(broker.port()));
        Neighbour far = closing(Neighbour.at(mosquitto.port(), "state/#"));
        near.says("state/before", "x", 2, true);
        far.awaitHeard("state/before x");

        for (int round = 0; round < 2; round++) {
            relay.cut();
            awaitState(broker, "0");
            near.says("state/" + round, "kept", 2, true);
            near.says("state/" + round, "at most once", 0, true);
            relay.mend();
            awaitState(broker, "1");
            far.awaitHeard("state/" + round + " kept").awaitHeard("state/" + round + " at most once");
        }

        near.says("state/end", "x");
        far.awaitHeard("state/end x");
        assertThat(far.heard())
                .containsExactlyInAnyOrder(
                        "state/before x",
                        "state/0 kept",
                        "state/0 at most once",
                        "state/1 kept",
                        "state/1 at most once",
                        "state/end x");
    }

    @Test
    void with_a_clean_local_session_nothing_waits_while_the_connection_is_away() {
        Relay relay = closing(new Relay(mosquitto.port()));
        EmbeddedBroker broker = connected(bridged(
                to(relay.port()).localCleansession(true).addTopics(both("a/#")).build()));
        Neighbour near = closing(Neighbour.at(broker.port()));
        Neighbour far = closing(Neighbour.at(mosquitto.port(), "a/#"));

        relay.cut();
        awaitState(broker, "0");
        near.says("a/b", "while away");
        relay.mend();
        awaitState(broker, "1");
        near.says("a/b", "after");

        far.awaitHeard("a/b after");
        assertThat(far.heard()).containsExactly("a/b after");
    }
}
