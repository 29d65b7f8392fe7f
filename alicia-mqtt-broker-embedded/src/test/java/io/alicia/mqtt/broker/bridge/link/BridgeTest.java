package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.broker.bridge.BridgeTopic.Direction;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our broker as a bridge to the real Mosquitto: which messages pass, and how. */
class BridgeTest extends BridgeScene {

    @ParameterizedTest
    @EnumSource
    void messages_pass_both_ways_under_the_prefixes_of_each_side_and_never_come_back(MqttVersion version) {
        EmbeddedBroker broker = connected(bridged(to(mosquitto.port())
                .protocolVersion(version)
                .addTopics(new BridgeTopic("sensors/#", Direction.BOTH, Qos.EXACTLY_ONCE, "here/", "there/"))
                .build()));
        Neighbour near = closing(Neighbour.at(broker.port(), "#"));
        Neighbour far = closing(Neighbour.at(mosquitto.port(), "#"));

        for (int qos = 0; qos <= 2; qos++) {
            near.says("here/sensors/out", "q" + qos, qos, false);
            far.says("there/sensors/in", "q" + qos, qos, false);
        }
        near.says("here/other", "stays");
        far.says("there/other", "stays");

        far.awaitHeard("there/sensors/out q2")
                .awaitHeard("there/sensors/out q1")
                .awaitHeard("there/sensors/out q0");
        near.awaitHeard("here/sensors/in q2").awaitHeard("here/sensors/in q1").awaitHeard("here/sensors/in q0");
        near.says("here/sensors/out", "end");
        far.says("there/sensors/in", "end");
        far.awaitHeard("there/sensors/out end");
        near.awaitHeard("here/sensors/in end");
        assertThat(near.heard()).hasSize(4 + 4 + 1).doesNotHaveDuplicates();
        assertThat(far.heard()).hasSize(4 + 4 + 1).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void retained_messages_of_each_side_are_retained_on_the_other(MqttVersion version) {
        Neighbour far = closing(Neighbour.at(mosquitto.port(), "state/near", "state/near-later"));
        far.says("state/far", "before", 1, true);
        EmbeddedBroker broker = bridged(to(mosquitto.port())
                .protocolVersion(version)
                .addTopics(both("state/#"))
                .build());
        Neighbour near = closing(Neighbour.at(broker.port()));
        near.says("state/near", "before", 1, true);
        connected(broker);
        near.says("state/near-later", "after", 1, true);
        far.says("state/far-later", "after", 1, true);

        awaitRetained(broker, "state/far");
        awaitRetained(broker, "state/far-later");
        far.awaitHeard("state/near before").awaitHeard("state/near-later after");
        closing(Neighbour.at(broker.port(), "state/#"))
                .awaitHeard("state/far before retained")
                .awaitHeard("state/far-later after retained");
        closing(Neighbour.at(mosquitto.port(), "state/#"))
                .awaitHeard("state/near before retained")
                .awaitHeard("state/near-later after retained");
    }

    @Test
    void the_local_side_may_do_what_its_rules_allow() {
        AccessPolicy rules = AccessPolicy.builder()
                .account("bridge")
                .mayPublish("allowed/in")
                .mayReceive("allowed/out")
                .build();
        EmbeddedBroker broker = connected(bridged(to(mosquitto.port())
                .localUsername("bridge")
                .localAccess(rules)
                .addTopics(both("#"))
                .build()));
        Neighbour near = closing(Neighbour.at(broker.port(), "#"));
        Neighbour far = closing(Neighbour.at(mosquitto.port(), "#"));

        near.says("denied/out", "x");
        near.says("allowed/out", "x");
        far.says("denied/in", "x");
        far.says("allowed/in", "x");

        far.awaitHeard("allowed/out x");
        near.awaitHeard("allowed/in x");
        assertThat(far.heard()).doesNotContain("denied/out x");
        assertThat(near.heard()).doesNotContain("denied/in x");
    }

    @Test
    void two_bridges_of_one_broker_pass_a_message_on_and_never_back() {
        MosquittoServer second = closing(MosquittoServer.start());
        EmbeddedBroker broker = connected(bridged(
                to(mosquitto.port()).addTopics(both("#")).build(),
                to(second.port())
                        .name("second")
                        .remoteClientid("second")
                        .addTopics(both("#"))
                        .build()));
        Neighbour first = closing(Neighbour.at(mosquitto.port(), "#"));
        Neighbour other = closing(Neighbour.at(second.port(), "#"));
        Neighbour near = closing(Neighbour.at(broker.port(), "#"));
        await().until(() -> second.log().contains("Received SUBSCRIBE from second"));

        first.says("a/b", "once");
        near.awaitHeard("a/b once");
        other.awaitHeard("a/b once");
        other.says("a/b", "end");

        first.awaitHeard("a/b end");
        near.awaitHeard("a/b end");
        assertThat(first.heard()).containsExactly("a/b once", "a/b end");
        assertThat(other.heard()).containsExactly("a/b once", "a/b end");
        assertThat(near.heard()).containsExactly("a/b once", "a/b end");
    }

    @ParameterizedTest
    @EnumSource(value = MqttVersion.class, names = "MQTT_3_1", mode = EnumSource.Mode.EXCLUDE)
    void a_message_larger_than_the_largest_packet_is_dropped_alone(MqttVersion version) {
        EmbeddedBroker broker = connected(bridged(to(mosquitto.port())
                .protocolVersion(version)
                .maxPacketSize(100)
                .addTopics(both("a/#"))
                .build()));
        Neighbour near = closing(Neighbour.at(broker.port()));
        Neighbour far = closing(Neighbour.at(mosquitto.port(), "a/#"));

        near.says("a/b", "x".repeat(100));
        near.says("a/b", "small");

        far.awaitHeard("a/b small");
        assertThat(far.heard()).containsExactly("a/b small");
    }
}
