package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.broker.bridge.BridgeTopic.Direction;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MosquittoBridgesTest {

    @TempDir
    Path directory;

    private BridgeConfig read(String... lines) throws IOException {
        String file = "listener 1883\nconnection cloud\naddress there:1884\n" + String.join("\n", lines) + "\n";
        return BrokerConfig.fromMosquitto(Files.writeString(directory.resolve("mosquitto.conf"), file))
                .bridges()
                .get(0);
    }

    @Test
    void every_option_is_that_of_the_file() throws IOException {
        BridgeConfig bridge = read(
                "topic a/# out 1 here/ there/",
                "topic b in",
                "topic c both 2",
                "round_robin true",
                "bridge_protocol_version mqttv50",
                "remote_clientid r",
                "remote_username u",
                "remote_password p",
                "local_clientid l",
                "local_cleansession true",
                "start_type lazy",
                "threshold 3",
                "idle_timeout 4",
                "restart_timeout 5 6 7",
                "keepalive_interval 8",
                "notifications false",
                "notifications_local_only true",
                "notification_topic n",
                "try_private false",
                "bridge_attempt_unsubscribe false",
                "bridge_max_packet_size 900",
                "bridge_max_topic_alias 11",
                "bridge_receive_maximum 12",
                "bridge_session_expiry_interval 13",
                "bridge_outgoing_retain false",
                "bridge_bind_address 127.0.0.1",
                "bridge_reload_type immediate");

        assertThat(bridge.name()).isEqualTo("cloud");
        assertThat(bridge.addresses()).containsExactly(ServerAddress.of("mqtt://there:1884"));
        assertThat(bridge.topics())
                .containsExactly(
                        new BridgeTopic("a/#", Direction.OUT, Qos.AT_LEAST_ONCE, "here/", "there/"),
                        new BridgeTopic("b", Direction.IN, Qos.AT_MOST_ONCE, "", ""),
                        new BridgeTopic("c", Direction.BOTH, Qos.EXACTLY_ONCE, "", ""));
        assertThat(bridge.roundRobin()).isTrue();
        assertThat(bridge.protocolVersion()).isEqualTo(MqttVersion.MQTT_5);
        assertThat(bridge.remoteClientid()).isEqualTo("r");
        assertThat(bridge.credentials()).contains(new Credentials("u", "p"));
        assertThat(bridge.localClientid()).isEqualTo("l");
        assertThat(bridge.cleansession()).isFalse();
        assertThat(bridge.localCleansession()).isTrue();
        assertThat(bridge.startType()).isEqualTo(BridgeConfig.StartType.LAZY);
        assertThat(bridge.threshold()).isEqualTo(3);
        assertThat(bridge.idleTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(bridge.restartTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(bridge.restartTimeoutCap()).isEqualTo(Duration.ofSeconds(6));
        assertThat(bridge.stableConnectionPeriod()).isEqualTo(Duration.ofSeconds(7));
        assertThat(bridge.keepaliveInterval()).isEqualTo(Duration.ofSeconds(8));
        assertThat(bridge.notifications()).isFalse();
        assertThat(bridge.notificationsLocalOnly()).isTrue();
        assertThat(bridge.notificationTopic()).hasToString("n");
        assertThat(bridge.tryPrivate()).isFalse();
        assertThat(bridge.attemptUnsubscribe()).isFalse();
        assertThat(bridge.maxPacketSize()).isEqualTo(900);
        assertThat(bridge.maxTopicAlias()).isEqualTo(11);
        assertThat(bridge.receiveMaximum()).isEqualTo(12);
        assertThat(bridge.sessionExpiryInterval()).hasValue(13);
        assertThat(bridge.outgoingRetain()).isFalse();
        assertThat(bridge.bindAddress()).contains("127.0.0.1");
        assertThat(bridge.reloadType()).isEqualTo(BridgeConfig.ReloadType.IMMEDIATE);
    }

    @Test
    void what_the_file_does_not_say_is_mosquittos_default() throws IOException {
        BridgeConfig bridge = read("topic # out", "remote_clientid r");

        assertThat(bridge)
                .isEqualTo(BridgeConfig.builder()
                        .name("cloud")
                        .addAddresses(ServerAddress.of("mqtt://there:1884"))
                        .addTopics(new BridgeTopic("#", Direction.OUT, Qos.AT_MOST_ONCE, "", ""))
                        .remoteClientid("r")
                        .receiveMaximum(20)
                        .sessionExpiryInterval(0)
                        .build());
        assertThat(bridge.localClientid()).isEqualTo("local.r");
        assertThat(bridge.notificationTopic()).hasToString("$SYS/broker/connection/r/state");
        assertThat(bridge.localAccess().isUnrestricted()).isTrue();
    }

    @Test
    void the_rules_of_a_local_user_name_hold_for_the_bridge() throws IOException {
        Path acl = Files.writeString(directory.resolve("acl"), "user bridge\ntopic write allowed\n");

        String file = "acl_file " + acl
                + "\nlistener 1883\nconnection c\naddress there\ntopic # in\nlocal_username bridge\n"
                + "connection trusted\naddress there\ntopic # in\nremote_clientid trusted\n";
        BrokerConfig config = BrokerConfig.fromMosquitto(Files.writeString(directory.resolve("mosquitto.conf"), file));

        assertThat(config.bridges().get(0).localAccess().isUnrestricted()).isFalse();
        assertThat(config.bridges().get(1).localAccess().isUnrestricted()).isTrue();
    }

    @Test
    void what_cannot_be_done_is_refused_with_its_line_and_what_to_do() {
        assertThatThrownBy(() -> read("topic a/#/b out"))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("a/#/b")
                .hasMessageContaining("mosquitto.conf:4");
        assertThatThrownBy(() -> read("topic # out", "notification_topic a/#"))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("Invalid notification_topic 'a/#'")
                .hasMessageContaining("mosquitto.conf:5");
        assertThatThrownBy(() -> read("topic # out", "remote_clientid a+b"))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("'a+b' cannot be part of a topic; set notification_topic")
                .hasMessageContaining("mosquitto.conf:2");
    }
}
