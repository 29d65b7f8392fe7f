package io.alicia.mqtt.broker.bridge.link;

import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.EmbeddedBrokerBuilder;
import io.alicia.mqtt.broker.TestTime;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.broker.bridge.BridgeTopic.Direction;
import io.alicia.mqtt.connection.ServerAddress;
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

/** Brokers with bridges, and Mosquitto at their other end. */
abstract class BridgeScene {

    static final TopicName STATE = TopicName.of("$SYS/broker/connection/ours/state");

    final List<AutoCloseable> open = new ArrayList<>();
    MosquittoServer mosquitto;

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

    <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    EmbeddedBroker bridged(BridgeConfig... bridges) {
        return bridged(EmbeddedBroker.builder(), bridges);
    }

    EmbeddedBroker bridged(EmbeddedBrokerBuilder begun, BridgeConfig... bridges) {
        EmbeddedBrokerBuilder builder = begun.tcp(0).allowAnonymous().access(AccessPolicy.unrestricted());
        for (BridgeConfig bridge : bridges) {
            builder.bridge(bridge);
        }
        return closing(builder.start());
    }

    static BridgeConfig.Builder to(int port) {
        BridgeConfig.Builder builder = BridgeConfig.builder();
        builder.name("ours")
                .remoteClientid("ours")
                .addAddresses(ServerAddress.of("mqtt://127.0.0.1:" + port))
                .restartTimeout(Duration.ofMillis(50))
                .restartTimeoutCap(Duration.ofMillis(200));
        return builder;
    }

    static BridgeTopic both(String pattern) {
        return new BridgeTopic(pattern, Direction.BOTH, Qos.EXACTLY_ONCE, "", "");
    }

    static EmbeddedBroker connected(EmbeddedBroker broker) {
        awaitState(broker, "1");
        return broker;
    }

    static void awaitState(EmbeddedBroker broker, String state) {
        await("state " + state)
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> hasState(broker, state));
    }

    static boolean hasState(EmbeddedBroker broker, String state) {
        return hasState(broker, STATE, state);
    }

    static boolean hasState(EmbeddedBroker broker, TopicName topic, String state) {
        return broker.retained(topic)
                .filter(message -> message.payload().toUtf8().equals(state))
                .isPresent();
    }

    static void awaitRetained(EmbeddedBroker broker, String topic) {
        await("a retained message of " + topic)
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> broker.retained(TopicName.of(topic)).isPresent());
    }

    static List<String> numbered(String topic, int count) {
        return IntStream.range(0, count).mapToObj(i -> topic + " " + i).toList();
    }

    /** Waits while a second passes in the broker at each look. */
    static void awaitWhilePassing(TestTime time, String what, Callable<Boolean> condition) {
        await(what)
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    time.pass(Duration.ofSeconds(1));
                    return condition.call();
                });
    }
}
