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
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.TransportOptions;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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
        int deadPort = FreePort.find();
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
    void for_an_address_that_the_broker_does_not_speak_to_it_does_not_start_and_says_what_to_add() {
        BridgeConfig webSocket = BridgeConfig.builder()
                .from(bridge("a"))
                .addresses(List.of(ServerAddress.of("wss://cloud.example/mqtt")))
                .build();

        assertThatThrownBy(() -> EmbeddedBroker.start(config(webSocket)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bridge 'a'")
                .hasMessageContaining("wss://cloud.example:443/mqtt")
                .hasMessageContaining("add io.alicia:alicia-mqtt-client");
    }

    @Test
    void a_client_that_was_given_is_the_one_that_connects() {
        List<String> asked = new CopyOnWriteArrayList<>();
        MqttTransportProvider pigeons = new MqttTransportProvider() {
            @Override
            public String name() {
                return "pigeons";
            }

            @Override
            public boolean supports(MqttVersion version, ServerAddress server) {
                return server.scheme().equals("pigeon");
            }

            @Override
            public MqttTransport create(TransportOptions options) {
                asked.add(options.clientIdentifier());
                return new PigeonTransport();
            }
        };
        BridgeConfig pigeon = BridgeConfig.builder()
                .from(bridge("a"))
                .addresses(List.of(new ServerAddress("pigeon", "loft", 1, "")))
                .build();

        closing(EmbeddedBroker.builder()
                .tcp(0)
                .bridge(pigeon)
                .bridgeTransport(pigeons)
                .start());
        await().until(() -> asked.contains(pigeon.remoteClientid()));
        assertThatThrownBy(() -> EmbeddedBroker.builder()
                        .tcp(0)
                        .bridge(bridge("b"))
                        .bridgeTransport(pigeons)
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is pigeons");
    }

    /** Gets nowhere. */
    private static final class PigeonTransport implements MqttTransport {

        @Override
        public Single<MqttConnection> connect(ConnectRequest request) {
            return Single.error(new ConnectFailedException(
                    request.server(), new ConnectFailure.Unreachable("no pigeon is at home"), null));
        }

        @Override
        public Flowable<Delivery> deliveries() {
            return Flowable.never();
        }

        @Override
        public Completable close() {
            return Completable.complete();
        }
    }
}
