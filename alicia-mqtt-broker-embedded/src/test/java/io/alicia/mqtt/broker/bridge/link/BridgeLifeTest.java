package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.BrokerConfig;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.ListenerConfig;
import io.alicia.mqtt.broker.PersistenceConfig;
import io.alicia.mqtt.broker.SecurityConfig;
import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.broker.bridge.BridgeTopic.Direction;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How bridges begin, change and end, between two brokers of ours. */
class BridgeLifeTest {

    private final List<AutoCloseable> open = new ArrayList<>();
    private final EmbeddedBroker remote = closing(EmbeddedBroker.start(config()));

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

    private static BrokerConfig config(BridgeConfig... bridges) {
        return BrokerConfig.builder()
                .addListeners(ListenerConfig.tcp(0))
                .security(SecurityConfig.builder()
                        .allowAnonymous(true)
                        .access(AccessPolicy.unrestricted())
                        .build())
                .addBridges(bridges)
                .build();
    }

    private static BridgeConfig.Builder to(int port, String name) {
        BridgeConfig.Builder builder = BridgeConfig.builder();
        builder.name(name)
                .remoteClientid(name)
                .addAddresses(ServerAddress.of("mqtt://127.0.0.1:" + port))
                .restartTimeout(Duration.ofMillis(50))
                .restartTimeoutCap(Duration.ofMillis(200));
        return builder;
    }

    private BridgeConfig bridge(String name, String pattern, BridgeConfig.ReloadType reloadType) {
        return to(remote.port(), name)
                .addTopics(new BridgeTopic(pattern, Direction.BOTH, Qos.AT_LEAST_ONCE, "", ""))
                .reloadType(reloadType)
                .build();
    }

    private BridgeConfig bridge(String name) {
        return bridge(name, name + "/#", BridgeConfig.ReloadType.LAZY);
    }

    private void awaitConnected(String... bridges) {
        await("bridges at the remote broker")
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> remote.connectedClients().equals(Set.of(bridges)));
    }

    @Test
    void a_reload_starts_bridges_that_are_new_and_ends_those_that_are_gone() {
        EmbeddedBroker broker = closing(EmbeddedBroker.start(config(bridge("a"), bridge("b"))));
        awaitConnected("a", "b");

        broker.reload(config(bridge("b"), bridge("c")));

        awaitConnected("b", "c");
        await().until(() -> broker.connectedClients().equals(Set.of("local.b", "local.c")));
    }

    @Test
    void a_changed_bridge_takes_its_new_topics_at_once_if_it_is_told_to() {
        EmbeddedBroker broker =
                closing(EmbeddedBroker.start(config(bridge("a", "old/#", BridgeConfig.ReloadType.IMMEDIATE))));
        awaitConnected("a");
        Neighbour near = closing(Neighbour.at(broker.port()));
        Neighbour far = closing(Neighbour.at(remote.port(), "#"));

        broker.reload(config(bridge("a", "new/#", BridgeConfig.ReloadType.IMMEDIATE)));

        await().atMost(Duration.ofSeconds(15)).until(() -> {
            near.says("new/topic", "x");
            return far.heard().contains("new/topic x");
        });
        near.says("old/topic", "x");
        near.says("new/topic", "end");
        far.awaitHeard("new/topic end");
        assertThat(far.heard()).doesNotContain("old/topic x");
    }

    @Test
    void a_changed_bridge_takes_its_new_topics_when_it_connects_again_otherwise() {
        Relay relay = closing(new Relay(remote.port()));
        BridgeConfig old = BridgeConfig.builder()
                .from(bridge("a", "old/#", BridgeConfig.ReloadType.LAZY))
                .addresses(List.of(ServerAddress.of("mqtt://127.0.0.1:" + relay.port())))
                .build();
        EmbeddedBroker broker = closing(EmbeddedBroker.start(config(old)));
        awaitConnected("a");
        Neighbour near = closing(Neighbour.at(broker.port()));
        Neighbour far = closing(Neighbour.at(remote.port(), "#"));

        broker.reload(config(bridge("a", "new/#", BridgeConfig.ReloadType.LAZY)));
        near.says("old/topic", "still");
        far.awaitHeard("old/topic still");
        relay.cut();

        await().atMost(Duration.ofSeconds(15)).until(() -> {
            near.says("new/topic", "x");
            return far.heard().contains("new/topic x");
        });
    }

    @Test
    void other_rights_hold_at_once() {
        BridgeConfig trusted = bridge("a", "#", BridgeConfig.ReloadType.LAZY);
        EmbeddedBroker broker = closing(EmbeddedBroker.start(config(trusted)));
        awaitConnected("a");
        Neighbour near = closing(Neighbour.at(broker.port(), "#"));
        Neighbour far = closing(Neighbour.at(remote.port()));
        far.says("b", "before");
        near.awaitHeard("b before");

        broker.reload(config(BridgeConfig.builder()
                .from(trusted)
                .localAccess(AccessPolicy.builder().anonymous().mayPublish("a").build())
                .build()));

        await().until(() -> {
            far.says("b", "after");
            far.says("a", "mark");
            near.awaitHeard("a mark");
            long after = near.heard().stream().filter("b after"::equals).count();
            far.says("b", "after");
            far.says("a", "end");
            near.awaitHeard("a end");
            return near.heard().stream().filter("b after"::equals).count() == after;
        });
    }

    @Test
    void a_client_that_takes_the_local_session_does_not_keep_it() {
        EmbeddedBroker broker = closing(EmbeddedBroker.start(config(bridge("a"))));
        awaitConnected("a");

        broker.disconnect("local.a");

        await().atMost(Duration.ofSeconds(15))
                .until(() -> broker.connectedClients().contains("local.a"));
        awaitConnected("a");
        Neighbour near = closing(Neighbour.at(broker.port()));
        Neighbour far = closing(Neighbour.at(remote.port(), "#"));
        near.says("a/b", "goes on");
        far.awaitHeard("a/b goes on");
    }

    @Test
    void what_waits_for_the_remote_broker_and_what_came_from_it_outlives_a_restart(@TempDir Path directory) {
        int deadPort = MosquittoServer.freePort();
        BridgeConfig bridge = bridge("a");
        BridgeConfig toNobody = BridgeConfig.builder()
                .from(bridge)
                .addresses(List.of(ServerAddress.of("mqtt://127.0.0.1:" + deadPort)))
                .build();
        Neighbour far = closing(Neighbour.at(remote.port(), "a/out"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(kept(directory, toNobody));
                Neighbour near = Neighbour.at(broker.port())) {
            await().until(() -> broker.connectedClients().contains("local.a"));
            near.says("a/out", "1", 1, false);
            near.says("a/out", "2", 2, false);
        }

        EmbeddedBroker again = closing(EmbeddedBroker.start(kept(directory, bridge)));

        far.awaitHeard("a/out 1").awaitHeard("a/out 2");
        far.says("a/in", "kept", 1, true);
        await().until(() -> again.retained(TopicName.of("a/in")).isPresent());
        assertThat(far.heard()).containsExactly("a/out 1", "a/out 2");
    }

    private static BrokerConfig kept(Path directory, BridgeConfig bridge) {
        return BrokerConfig.builder()
                .from(config(bridge))
                .persistence(PersistenceConfig.of(directory.resolve("broker.db")))
                .build();
    }

    @Test
    void a_broker_that_does_not_know_bridges_is_asked_again_as_by_a_client() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(15_000);
            closing(EmbeddedBroker.start(config(to(server.getLocalPort(), "a")
                    .addTopics(new BridgeTopic("#", Direction.OUT, Qos.AT_MOST_ONCE, "", ""))
                    .build())));

            try (Socket first = server.accept()) {
                assertThat(protocolLevel(first)).isEqualTo(0x84);
                first.getOutputStream().write(new byte[] {0x20, 2, 0, 1});
            }
            try (Socket second = server.accept()) {
                assertThat(protocolLevel(second)).isEqualTo(0x04);
            }
        }
    }

    private static int protocolLevel(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] head = in.readNBytes(9);
        assertThat(head).hasSize(9);
        return head[8] & 0xFF;
    }

    @Test
    void without_a_client_on_the_class_path_the_broker_does_not_start_and_says_what_to_add() {
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();
        here.setContextClassLoader(new ClassLoader(before) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.startsWith("META-INF/services/io.alicia")
                        ? Collections.emptyEnumeration()
                        : super.getResources(name);
            }
        });
        try {
            assertThatThrownBy(() -> EmbeddedBroker.start(config(bridge("a"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("bridge 'a'")
                    .hasMessageContaining("add io.alicia:alicia-mqtt-client");
        } finally {
            here.setContextClassLoader(before);
        }
    }

    @Test
    void an_address_that_no_client_speaks_to_is_refused_by_name() {
        BridgeConfig pigeon = BridgeConfig.builder()
                .from(bridge("a"))
                .protocolVersion(MqttVersion.MQTT_5)
                .addresses(List.of(new ServerAddress("pigeon", "loft", 1, "")))
                .build();

        assertThatThrownBy(() -> EmbeddedBroker.start(config(pigeon)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pigeon://loft:1")
                .hasMessageContaining("hivemq");
    }
}
