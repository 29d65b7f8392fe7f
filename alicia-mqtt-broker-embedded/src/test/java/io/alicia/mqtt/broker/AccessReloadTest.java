package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static io.alicia.mqtt.broker.RawClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.access.AccessDiff;
import io.alicia.mqtt.access.AccessFileException;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.DynamicSecurity;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.access.PolicyDiff;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessReloadTest {

    private static final Account SENSOR = Account.of("sensor", PasswordHash.plain("s3cret"));
    private static final Account APP = Account.of("app", PasswordHash.plain("t0p"));
    private static final AccessPolicy POLICY = policy("sensors/#");

    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .allowAnonymous()
            .accounts(List.of(SENSOR, APP))
            .access(POLICY)
            .start();

    private static AccessPolicy policy(String received) {
        return AccessPolicy.builder()
                .account("sensor")
                .mayPublish("sensors/#")
                .account("app")
                .mayPublish("#")
                .mayReceive(received)
                .build();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static SecurityConfig.Builder house(Account... accounts) {
        return SecurityConfig.builder()
                .allowAnonymous(true)
                .accounts(List.of(accounts))
                .access(POLICY);
    }

    private RawClient client(String identifier, String account, String password) {
        RawClient client = RawClient.v5(broker);
        assertThat(client.connect(identifier, account, password).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }

    @Test
    void disconnects_whose_account_is_gone_or_has_another_password_and_nobody_else() {
        try (RawClient sensor = client("sensor-1", "sensor", "s3cret");
                RawClient app = client("app-1", "app", "t0p");
                RawClient anonymous = RawClient.v5(broker).connected("guest")) {

            ReloadReport report = broker.reload(
                    house(Account.of("app", PasswordHash.plain("new"))).build());

            assertThat(report.disconnected())
                    .containsExactly(
                            new ReloadReport.Disconnected(
                                    "app-1", Optional.of("app"), "the account has another password"),
                            new ReloadReport.Disconnected(
                                    "sensor-1", Optional.of("sensor"), "the account was removed"));
            assertThat(sensor.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(app.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(anonymous.isStillConnected()).isTrue();
        }
    }

    @Test
    void lets_in_at_once_who_comes_with_a_password_that_was_wrong_before() {
        for (int i = 0; i < 30; i++) {
            try (RawClient early = RawClient.v5(broker)) {
                assertThat(early.connect("app-1", "app", "new").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            }
        }

        broker.reload(house(Account.of("app", PasswordHash.plain("new"))).build());

        client("app-1", "app", "new").close();
        try (RawClient late = RawClient.v5(broker)) {
            assertThat(late.connect("app-2", "app", "t0p").reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    /** Mosquitto's 04-retain-check-source and 09-acl-change connect right behind the signal. */
    @Test
    void judges_who_connects_after_the_order_to_reload_by_what_is_read_then() {
        Runnable goOn = broker.holdLogIns();
        Runnable goOnForOthers = broker.holdLogIns();
        try (RawClient late = RawClient.v5(broker)) {
            late.send(late.connectPacket("app-1", true, 60, "app", "t0p", null, ConnectProperties.DEFAULTS));
            Awaitility.await().until(() -> broker.counters().connectsReceived().sum() == 1);

            broker.reload(house(Account.of("app", PasswordHash.plain("new"))).build());
            goOn.run();
            goOn.run();
            assertThat(late.hasAnswer()).isFalse();
            goOnForOthers.run();

            assertThat(late.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void that_is_heard_of_a_moment_late_still_holds_for_who_connects_after_its_order() {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        try (EmbeddedBroker own = EmbeddedBroker.builder()
                        .tcp(0)
                        .account("app", "old")
                        .access(policy("sensors/#"))
                        .logInsAfter(() -> heard)
                        .start();
                RawClient late = RawClient.v5(own);
                RawClient next = RawClient.v5(own)) {
            late.send(late.connectPacket("c", true, 60, "app", "old", null, ConnectProperties.DEFAULTS));
            Awaitility.await().until(() -> own.counters().connectsReceived().sum() == 1);

            Runnable goOn = own.holdLogIns();
            heard.complete(null);
            own.reload(house(Account.of("app", PasswordHash.plain("new"))).build());
            goOn.run();

            assertThat(late.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(next.connect("d", "app", "new").reasonCode())
                    .as("who comes close behind does not wait")
                    .isEqualTo(ReasonCode.SUCCESS);
        }
    }

    @Test
    void lets_clients_in_by_the_new_rules_as_soon_as_they_are_in_force() {
        BrokerConfig before = BrokerConfig.builder()
                .addListeners(ListenerConfig.tcp(0))
                .security(house(APP).build())
                .build();
        BrokerConfig after = BrokerConfig.builder()
                .from(before)
                .security(house(SENSOR).build())
                .build();
        try (EmbeddedBroker own = EmbeddedBroker.start(before);
                RawClient removed = RawClient.v5(own);
                RawClient late = RawClient.v5(own);
                RawClient lateAndRemoved = RawClient.v5(own)) {
            assertThat(removed.connect("app-1", "app", "t0p").reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            Runnable goOn = own.holdLogIns();
            late.send(late.connectPacket("s", true, 60, "sensor", "s3cret", null, ConnectProperties.DEFAULTS));
            lateAndRemoved.send(
                    lateAndRemoved.connectPacket("app-2", true, 60, "app", "t0p", null, ConnectProperties.DEFAULTS));
            Awaitility.await().until(() -> own.counters().connectsReceived().sum() == 3);

            ReloadReport report = own.reload(after, () -> {
                goOn.run();
                assertThat(late.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
                assertThat(lateAndRemoved.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
                assertThat(removed.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            });

            assertThat(report.disconnected()).extracting("clientIdentifier").containsExactly("app-1");
            assertThat(late.isStillConnected()).isTrue();
        }
    }

    /** Its accounts are its own, also where some of them are called as those with passwords. */
    @Test
    void leaves_clients_of_an_own_authentication_method_alone_as_long_as_there_is_one() {
        try (EmbeddedBroker other = EmbeddedBroker.builder()
                .tcp(0)
                .accounts(List.of(SENSOR, APP))
                .authenticationMethod(new Token())
                .start()) {
            try (RawClient app = RawClient.v5(other)) {
                ConnectProperties token = ConnectProperties.builder()
                        .authenticationMethod("TOKEN")
                        .authenticationData(BinaryData.ofUtf8("app"))
                        .build();
                assertThat(app.connect("app-1", true, token).reasonCode()).isEqualTo(ReasonCode.SUCCESS);

                ReloadReport withoutPassword = other.reload(house(SENSOR)
                        .authenticationMethods(List.of(new Token()))
                        .build());

                assertThat(withoutPassword.disconnected()).isEmpty();
                assertThat(app.isStillConnected()).isTrue();

                ReloadReport withoutMethod = other.reload(house(SENSOR, APP).build());

                assertThat(withoutMethod.disconnected())
                        .containsExactly(new ReloadReport.Disconnected(
                                "app-1", Optional.of("app"), "there is no authentication method TOKEN any more"));
            }
        }
    }

    /** Lets everybody in as who they say they are. */
    private static final class Token implements AuthenticationMethod {

        @Override
        public String name() {
            return "TOKEN";
        }

        @Override
        public AuthenticationExchange begin(LogIn logIn) {
            return data -> CompletableFuture.completedFuture(
                    AuthenticationStep.finished(Authentication.accepted(new String(data, UTF_8))));
        }
    }

    @Test
    void disconnects_anonymous_clients_that_are_no_longer_allowed() {
        try (RawClient sensor = client("sensor-1", "sensor", "s3cret");
                RawClient anonymous = RawClient.v3(broker).connected("guest")) {

            ReloadReport report =
                    broker.reload(house(SENSOR, APP).allowAnonymous(false).build());

            assertThat(report.disconnected()).extracting("clientIdentifier").containsExactly("guest");
            anonymous.expectClosed();
            assertThat(sensor.isStillConnected()).isTrue();
        }
    }

    @Test
    void disconnects_a_client_that_its_account_is_no_longer_bound_to() {
        try (RawClient one = client("sensor-1", "sensor", "s3cret");
                RawClient two = client("sensor-2", "sensor", "s3cret")) {

            ReloadReport report = broker.reload(
                    house(SENSOR.boundTo(List.of("sensor-1")), APP).build());

            assertThat(report.disconnected()).extracting("clientIdentifier").containsExactly("sensor-2");
            assertThat(two.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(one.isStillConnected()).isTrue();
        }
    }

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
    void judges_log_ins_that_began_before_it_by_the_new_rules() {
        CompletableFuture<Void> hashed = new CompletableFuture<>();
        try (EmbeddedBroker slow = EmbeddedBroker.builder()
                        .tcp(0)
                        .authenticator(logIn -> hashed.thenApply(
                                done -> Authentication.accepted(logIn.account().orElseThrow())))
                        .start();
                RawClient removed = RawClient.v5(slow);
                RawClient kept = RawClient.v5(slow)) {
            removed.send(removed.connectPacket("c", true, 60, "removed", "x", null, expiry(0)));
            kept.send(kept.connectPacket("d", true, 60, "app", "t0p", null, expiry(0)));
            Awaitility.await().until(() -> hashed.getNumberOfDependents() > 1);

            slow.reload(house(APP).build());
            hashed.complete(null);

            assertThat(removed.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            removed.expectClosed();
            assertThat(kept.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(slow.statistics().join().sessions()).isEqualTo(1);
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
