package io.alicia.mqtt.broker;

import static io.alicia.mqtt.broker.RawClient.expiry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A reload of accounts: who could not log in again is disconnected, and who logs in meanwhile is judged by what is new. */
class LogInReloadTest extends ReloadScene {

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
}
