package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.TestTime;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a bridge connects, and to which address. */
class BridgeConnectionTest extends BridgeScene {

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
}
