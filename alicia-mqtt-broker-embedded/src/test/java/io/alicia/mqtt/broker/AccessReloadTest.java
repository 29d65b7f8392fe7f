package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.access.AccessDiff;
import io.alicia.mqtt.access.AccessFileException;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.DynamicSecurity;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.access.PolicyDiff;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reload of rules means for who is connected. */
class AccessReloadTest extends ReloadScene {

    @Test
    void says_who_gains_and_loses_what_while_those_who_keep_their_rights_notice_nothing() {
        try (RawClient sensor = client("sensor-1", "sensor", "s3cret");
                RawClient app = client("app-1", "app", "t0p").subscribed("sensors/#", Qos.AT_LEAST_ONCE)) {
            sensor.publish("sensors/hall", "before", Qos.AT_LEAST_ONCE, false, 1);
            assertThat(sensor.receive(Puback.class).reasonCode().isError()).isFalse();
            assertThat(text(app.receivePublish())).isEqualTo("before");

            ReloadReport report = broker.reload(
                    house(SENSOR, APP).access(policy("sensors/kitchen")).build());

            assertThat(report.disconnected()).isEmpty();
            assertThat(report.changes()).hasSize(1);
            PolicyDiff.Change change = report.changes().get(0);
            assertThat(change.toString()).startsWith("app loses RECEIVE sensors/# except sensors/kitchen (until now");
            AccessDiff diff = report.diffs().get("tcp:0");
            assertThat(diff).isNotNull().satisfies(found -> {
                assertThat(found.affects("app")).isTrue();
                assertThat(found.affects("sensor")).isFalse();
            });
            sensor.publish("sensors/hall", "hidden", Qos.AT_LEAST_ONCE, false, 2);
            sensor.publish("sensors/kitchen", "after", Qos.AT_LEAST_ONCE, false, 3);
            assertThat(text(app.receivePublish())).isEqualTo("after");
            assertThat(broker.reload(house(SENSOR, APP)
                                    .access(policy("sensors/kitchen"))
                                    .build())
                            .isEmpty())
                    .isTrue();
        }
    }

    private static DynamicSecurity roles(boolean subscribe) {
        return DynamicSecurity.parse("d.json", """
                {"defaultACLAccess": {"publishClientSend": true, "publishClientReceive": true},
                 "clients": [{"username": "app", "roles": [{"rolename": "r"}]},
                             {"username": "sensor", "roles": [{"rolename": "s"}]}],
                 "roles": [{"rolename": "r", "acls": [
                              {"acltype": "subscribePattern", "topic": "sensors/#", "allow": %s},
                              {"acltype": "subscribePattern", "topic": "other/#", "allow": true}]},
                           {"rolename": "s", "acls": [
                              {"acltype": "subscribePattern", "topic": "#", "allow": true}]}]}
                """.formatted(subscribe));
    }

    /** CVE-2021-34434 of Mosquitto's plugin was the second half: a subscription outlived the right to it in a session. */
    @Test
    void ends_a_subscription_that_a_role_does_not_allow_any_more_and_disconnects_its_client() {
        broker.reload(house(SENSOR, APP).access(roles(true).policy()).build());
        try (RawClient away = RawClient.v5(broker)) {
            away.connect(away.connectPacket("app-3", false, 60, "app", "t0p", null, expiry(100)));
            away.subscribed("sensors/#", Qos.AT_LEAST_ONCE);
        }
        Awaitility.await().until(() -> !broker.connectedClients().contains("app-3"));
        try (RawClient sensor = client("sensor-1", "sensor", "s3cret");
                RawClient witness = client("sensor-2", "sensor", "s3cret").subscribed("sensors/#", Qos.AT_LEAST_ONCE);
                RawClient other = client("app-2", "app", "t0p").subscribed("other/#", Qos.AT_LEAST_ONCE);
                RawClient app = RawClient.v5(broker)) {
            app.connect(app.connectPacket("app-1", false, 60, "app", "t0p", null, expiry(100)));
            app.subscribed("sensors/#", Qos.AT_LEAST_ONCE).subscribed("other/#", Qos.AT_LEAST_ONCE);

            ReloadReport report = broker.reload(
                    house(SENSOR, APP).access(roles(false).policy()).build());

            assertThat(report.disconnected())
                    .containsExactly(new ReloadReport.Disconnected(
                            "app-1",
                            Optional.of("app"),
                            "it may not be subscribed to sensors/# any more: d.json:5 `subscribePattern sensors/# deny`"
                                    + " of role r"));
            assertThat(app.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
            app.expectClosed();
            sensor.publishAndAwait("sensors/hall", "not for the app", Qos.AT_LEAST_ONCE, false);
            assertThat(text(witness.receivePublish())).isEqualTo("not for the app");
            sensor.publishAndAwait("other/hall", "for the app", Qos.AT_LEAST_ONCE, false);
            assertThat(text(other.receivePublish())).isEqualTo("for the app");
        }
        try (RawClient app = RawClient.v5(broker);
                RawClient away = RawClient.v5(broker)) {
            app.connect(app.connectPacket("app-1", false, 60, "app", "t0p", null, expiry(100)));
            assertThat(text(app.receivePublish())).isEqualTo("for the app");
            app.expectNothingMore();
            away.connect(away.connectPacket("app-3", false, 60, "app", "t0p", null, expiry(100)));
            away.expectNothingMore();
        }
    }

    @Test
    void names_the_rules_of_who_has_too_many_to_say_what_changes() {
        AccessPolicy.SubjectBuilder many = AccessPolicy.builder().account("app");
        for (int i = 0; i < 80; i++) {
            many.mayReceive("house/room" + i + "/+", "house/+/kind" + i);
        }
        broker.reload(house(SENSOR, APP).access(many.build()).build());

        ReloadReport report = broker.reload(
                house(SENSOR, APP).access(many.mayPublish("#").build()).build());

        assertThat(report.isEmpty()).isFalse();
        assertThat(report.changes()).isEmpty();
        assertThat(report.unfinished()).hasSize(1);
        assertThat(report.unfinished().get(0).toString())
                .startsWith("app has other rules")
                .contains("new: `topic write #`");
    }

    @Test
    void takes_what_waits_in_a_session_from_a_client_that_lost_the_right_to_it() {
        try (RawClient app = RawClient.v5(broker)) {
            app.connect(app.connectPacket("app-1", false, 60, "app", "t0p", null, expiry(100)));
            app.subscribed("#", Qos.AT_LEAST_ONCE);
        }
        Awaitility.await().until(() -> broker.connectedClients().isEmpty());
        try (RawClient sensor = client("sensor-1", "sensor", "s3cret")) {
            sensor.publishAndAwait("sensors/hall", "1", Qos.AT_LEAST_ONCE, false);
            sensor.publishAndAwait("sensors/kitchen", "2", Qos.AT_LEAST_ONCE, false);
        }
        broker.reload(house(SENSOR, APP).access(policy("sensors/kitchen")).build());

        try (RawClient app = RawClient.v5(broker)) {
            app.connect(app.connectPacket("app-1", false, 60, "app", "t0p", null, expiry(100)));

            assertThat(text(app.receivePublish())).isEqualTo("2");
            app.expectNothingMore();
            assertThat(broker.counters().dropped(DropCause.RECEIVE_DENIED).sum())
                    .isEqualTo(1);
        }
    }

    @Test
    void is_not_for_event_loops_which_would_wait_for_each_other() {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        EmbeddedBroker[] self = new EmbeddedBroker[1];
        BrokerListener reloading = new BrokerListener() {
            @Override
            public void connected(ClientInfo client) {
                try {
                    self[0].reload(house().build());
                } catch (IllegalStateException e) {
                    thrown.complete(e);
                }
            }
        };
        try (EmbeddedBroker own = EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .brokerListener(reloading)
                .start()) {
            self[0] = own;
            try (RawClient client = RawClient.v5(own).connected("c")) {
                assertThat(thrown.join()).hasMessageStartingWith("rules are not replaced on an event loop");
                assertThat(client.isStillConnected()).isTrue();
            }
        }
    }

    @Test
    void of_a_file_that_cannot_be_used_leaves_the_old_rules_in_force(@TempDir Path folder) throws IOException {
        Path conf = folder.resolve("mosquitto.conf");
        Path acl = folder.resolve("house.acl");
        Path passwords = folder.resolve("passwords");
        Files.writeString(
                conf,
                "listener " + FreePort.find() + " 127.0.0.1\nacl_file " + acl + "\npassword_file " + passwords + "\n");
        Files.writeString(acl, "user app\ntopic write a\n");
        Files.writeString(passwords, hashed("app", "t0p"));
        try (EmbeddedBroker own = EmbeddedBroker.start(BrokerConfig.fromMosquitto(conf));
                RawClient app = RawClient.v5(own)) {
            assertThat(app.connect("c", "app", "t0p").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            Files.writeString(acl, "user app\ntopic write b\n");
            Files.writeString(passwords, hashed("app", "t0p") + "hand:made\n");

            assertThatThrownBy(() -> own.reload(BrokerConfig.fromMosquitto(conf)))
                    .isInstanceOf(AccessFileException.class)
                    .hasMessageStartingWith(passwords + ":2:6: expected $6$salt$hash");
            app.publish("b", "x", Qos.AT_LEAST_ONCE, false, 1);
            assertThat(app.receive(Puback.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            app.publish("a", "x", Qos.AT_LEAST_ONCE, false, 2);
            assertThat(app.receive(Puback.class).reasonCode().isError()).isFalse();

            Files.writeString(passwords, hashed("app", "t0p"));
            Files.delete(acl);
            assertThatThrownBy(() -> own.reload(BrokerConfig.fromMosquitto(conf)))
                    .hasMessage(acl + ": there is no such file");
            app.publish("c", "x", Qos.AT_LEAST_ONCE, false, 3);
            assertThat(app.receive(Puback.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    private static String hashed(String account, String password) {
        return account + ":"
                + PasswordHash.pbkdf2Sha512(password.getBytes(UTF_8), 1, new SecureRandom())
                        .encoded()
                + "\n";
    }
}
