package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.EmbeddedBrokerBuilder;
import io.alicia.mqtt.broker.TestTime;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.broker.bridge.BridgeTopic.Direction;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our broker as a bridge to the real Mosquitto. */
class BridgeTest {

    private static final TopicName STATE = TopicName.of("$SYS/broker/connection/ours/state");

    private final List<AutoCloseable> open = new ArrayList<>();
    private MosquittoServer mosquitto;

    @BeforeAll
    static void requireMosquitto() {
        MosquittoServer.require();
    }

    @BeforeEach
    void startRemote() {
        mosquitto = closing(MosquittoServer.start());
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

    private EmbeddedBroker bridged(BridgeConfig... bridges) {
        return bridged(EmbeddedBroker.builder(), bridges);
    }

    private EmbeddedBroker bridged(EmbeddedBrokerBuilder begun, BridgeConfig... bridges) {
        EmbeddedBrokerBuilder builder = begun.tcp(0).allowAnonymous().access(AccessPolicy.unrestricted());
        for (BridgeConfig bridge : bridges) {
            builder.bridge(bridge);
        }
        return closing(builder.start());
    }

    private static BridgeConfig.Builder to(int port) {
        BridgeConfig.Builder builder = BridgeConfig.builder();
        builder.name("ours")
                .remoteClientid("ours")
                .addAddresses(ServerAddress.of("mqtt://127.0.0.1:" + port))
                .restartTimeout(Duration.ofMillis(50))
                .restartTimeoutCap(Duration.ofMillis(200));
        return builder;
    }

    private static BridgeTopic both(String pattern) {
        return new BridgeTopic(pattern, Direction.BOTH, Qos.EXACTLY_ONCE, "", "");
    }

    private static EmbeddedBroker connected(EmbeddedBroker broker) {
        awaitState(broker, "1");
        return broker;
    }

    private static void awaitState(EmbeddedBroker broker, String state) {
        await("state " + state)
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> hasState(broker, state));
    }

    private static boolean hasState(EmbeddedBroker broker, String state) {
        return hasState(broker, STATE, state);
    }

    private static boolean hasState(EmbeddedBroker broker, TopicName topic, String state) {
        return broker.retained(topic)
                .filter(message -> message.payload().toUtf8().equals(state))
                .isPresent();
    }

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

    private static void awaitRetained(EmbeddedBroker broker, String topic) {
        await("a retained message of " + topic)
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> broker.retained(TopicName.of(topic)).isPresent());
    }

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

    private static List<String> numbered(String topic, int count) {
        return IntStream.range(0, count).mapToObj(i -> topic + " " + i).toList();
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
    void both_brokers_know_whether_the_bridge_is_connected() {
        Relay relay = closing(new Relay(mosquitto.port()));
        EmbeddedBroker broker =
                connected(bridged(to(relay.port()).addTopics(both("a/#")).build()));
        Neighbour far = closing(Neighbour.at(mosquitto.port(), STATE.value()));
        far.awaitHeard(STATE + " 1 retained");

        relay.cut();

        awaitState(broker, "0");
        far.awaitHeard(STATE + " 0");
        relay.mend();
        awaitState(broker, "1");
        far.awaitHeard(STATE + " 1");
        broker.close();
        await().until(() -> far.heard().stream().filter((STATE + " 0")::equals).count() == 2);
    }

    /** Waits while a second passes in the broker at each look. */
    private static void awaitWhilePassing(TestTime time, String what, Callable<Boolean> condition) {
        await(what)
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    time.pass(Duration.ofSeconds(1));
                    return condition.call();
                });
    }

    @Test
    void without_a_connection_the_next_address_is_tried_and_the_main_one_again_when_it_is_back() {
        int deadPort = FreePort.find();
        TestTime time = new TestTime();
        EmbeddedBroker broker = bridged(
                EmbeddedBroker.builder().time(time, time),
                to(deadPort)
                        .addAddresses(ServerAddress.of("mqtt://127.0.0.1:" + mosquitto.port()))
                        .addTopics(both("a/#"))
                        .build());
        awaitWhilePassing(time, "the second address", () -> hasState(broker, "1"));
        Neighbour far = closing(Neighbour.at(mosquitto.port(), "a/#"));
        Neighbour near = closing(Neighbour.at(broker.port()));

        near.says("a/b", "to the second");

        far.awaitHeard("a/b to the second");
        EmbeddedBroker main = closing(EmbeddedBroker.builder()
                .tcp(deadPort)
                .allowAnonymous()
                .access(AccessPolicy.unrestricted())
                .start());
        awaitWhilePassing(
                time, "the main address", () -> main.connectedClients().contains("ours"));
        Neighbour atMain = closing(Neighbour.at(deadPort, "a/#"));
        near.says("a/b", "to the main one");
        atMain.awaitHeard("a/b to the main one");
        assertThat(far.heard()).containsExactly("a/b to the second");
    }

    @Test
    void addresses_that_are_equal_are_kept_until_they_fail() {
        MosquittoServer second = closing(MosquittoServer.start());
        EmbeddedBroker broker = connected(bridged(to(mosquitto.port())
                .addAddresses(ServerAddress.of("mqtt://127.0.0.1:" + second.port()))
                .roundRobin(true)
                .addTopics(both("a/#"))
                .build()));
        Neighbour near = closing(Neighbour.at(broker.port(), STATE.value()));
        Neighbour atSecond = closing(Neighbour.at(second.port(), "a/#"));

        mosquitto.kill();

        // The bridge is back at once: who looks at the state now and then may miss that it was gone.
        near.awaitHeard(STATE + " 0");
        awaitState(broker, "1");
        near.says("a/b", "to the second");
        atSecond.awaitHeard("a/b to the second");
    }

    @Test
    void a_lazy_bridge_connects_when_enough_messages_wait_and_leaves_when_it_is_idle() {
        TestTime time = new TestTime();
        EmbeddedBroker broker = bridged(
                EmbeddedBroker.builder().time(time, time),
                to(mosquitto.port())
                        .startType(BridgeConfig.StartType.LAZY)
                        .threshold(3)
                        .idleTimeout(Duration.ofSeconds(30))
                        .addTopics(both("a/#"))
                        .build());
        Neighbour near = closing(Neighbour.at(broker.port()));
        Neighbour far = closing(Neighbour.at(mosquitto.port(), "a/#"));
        awaitState(broker, "0");

        near.says("a/1", "x", 0, false);
        near.says("a/2", "x", 1, false);
        time.pass(Duration.ofSeconds(60));
        assertThat(hasState(broker, "0")).isTrue();
        near.says("a/3", "x", 2, false);

        awaitWhilePassing(time, "the connection", () -> hasState(broker, "1"));
        far.awaitHeard("a/1 x").awaitHeard("a/2 x").awaitHeard("a/3 x");
        awaitWhilePassing(time, "the end of it", () -> hasState(broker, "0"));
    }

    @Test
    void a_bridge_that_starts_once_is_not_connected_again() {
        TestTime time = new TestTime();
        BridgeConfig slowButPersistent = to(mosquitto.port())
                .name("persistent")
                .remoteClientid("persistent")
                .restartTimeout(Duration.ofSeconds(4))
                .restartTimeoutCap(Duration.ofSeconds(4))
                .addTopics(both("b/#"))
                .build();
        TopicName persistentState = TopicName.of("$SYS/broker/connection/persistent/state");
        EmbeddedBroker broker = bridged(
                EmbeddedBroker.builder().time(time, time),
                to(mosquitto.port())
                        .startType(BridgeConfig.StartType.ONCE)
                        .addTopics(both("a/#"))
                        .build(),
                slowButPersistent);
        awaitWhilePassing(time, "both", () -> hasState(broker, "1") && hasState(broker, persistentState, "1"));

        mosquitto.kill();
        awaitState(broker, "0");
        await("both gone").until(() -> hasState(broker, persistentState, "0"));
        mosquitto.startAgain();

        // The other bridge waits for much longer, so this one would have been back before it.
        awaitWhilePassing(time, "the other bridge", () -> hasState(broker, persistentState, "1"));
        assertThat(hasState(broker, "0")).isTrue();
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
