package io.alicia.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.access.ScramCredential;
import io.alicia.mqtt.broker.protocol.Auth;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.ReasonProperties;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Who guesses passwords, by whatever way and however many at once, learns of a few and is in the audit by name. */
class GuessingTest {

    private static final int GUESSES = 30;
    private static final int ANSWERED = 3;

    private final TestTime time = new TestTime();
    private EmbeddedBroker broker =
            start(EmbeddedBroker.builder().accounts(List.of(Account.of("kitchen", scram("secret")))), 0);

    private EmbeddedBroker start(EmbeddedBrokerBuilder builder, int maxFailedLogIns) {
        return builder.tcp(0)
                .time(time, time)
                .authenticationMethod(new Asking())
                .configure(config -> config.maxFailedLogIns(maxFailedLogIns))
                .start();
    }

    private static ScramCredential scram(String password) {
        return ScramCredential.derive(password, ScramCredential.LEAST_ITERATIONS, new SecureRandom());
    }

    private void restart(EmbeddedBrokerBuilder builder, int maxFailedLogIns) {
        broker.close();
        broker = start(builder, maxFailedLogIns);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    /** Answers nobody before all guesses are there. */
    private static final class Together {

        private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

        synchronized CompletionStage<Authentication> authenticate(LogIn logIn) {
            boolean right = logIn.password()
                    .filter(given -> new String(given, UTF_8).equals("secret"))
                    .isPresent();
            CompletableFuture<Void> turn = new CompletableFuture<>();
            waiting.add(turn);
            if (waiting.size() == GUESSES) {
                List.copyOf(waiting).forEach(each -> each.completeAsync(() -> null));
            }
            return turn.thenApply(released ->
                    right ? Authentication.accepted("kitchen") : Authentication.refused("the password is wrong"));
        }
    }

    private List<ReasonCode> guessTogether(List<String> passwords) {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (String password : passwords) {
                RawClient client = RawClient.v5(broker);
                clients.add(client);
                client.send(client.connectPacket(
                        "c" + clients.size(), true, 60, "kitchen", password, null, ConnectProperties.DEFAULTS));
            }
            return clients.stream()
                    .map(client -> client.receive(Connack.class).reasonCode())
                    .toList();
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void of_many_guesses_at_once_no_more_are_answered_than_of_guesses_one_after_the_other() {
        restart(EmbeddedBroker.builder().authenticator(new Together()::authenticate), ANSWERED);
        List<String> guesses = new ArrayList<>();
        for (int i = 0; i < GUESSES; i++) {
            guesses.add("guess-" + i);
        }

        List<ReasonCode> answers = guessTogether(guesses);

        assertThat(answers).filteredOn(ReasonCode.NOT_AUTHORIZED::equals).hasSize(ANSWERED);
        assertThat(answers)
                .filteredOn(ReasonCode.CONNECTION_RATE_EXCEEDED::equals)
                .hasSize(GUESSES - ANSWERED);
        assertThat(broker.counters().logInsDelayed().sum()).isEqualTo(GUESSES - ANSWERED);
    }

    @Test
    void clients_that_come_back_all_at_once_with_the_right_password_do_not_wait_for_each_other() {
        restart(EmbeddedBroker.builder().authenticator(new Together()::authenticate), 1);
        List<String> passwords = new ArrayList<>();
        for (int i = 0; i < GUESSES; i++) {
            passwords.add("secret");
        }

        assertThat(guessTogether(passwords)).containsOnly(ReasonCode.SUCCESS);
    }

    private static ConnectProperties asking(String method, String data) {
        return ConnectProperties.builder()
                .authenticationMethod(method)
                .authenticationData(BinaryData.ofUtf8(data))
                .build();
    }

    private static Auth auth(ReasonCode reasonCode, String method, String data) {
        return new Auth(reasonCode, method, BinaryData.ofUtf8(data), ReasonProperties.NONE);
    }

    /** Without a User Name in CONNECT: the account stands in SCRAM's first message. */
    private ReasonCode guessByScram(String account) {
        try (RawClient client = RawClient.v5(broker)) {
            client.send(client.connectPacket(
                    "c", true, 60, null, null, null, asking("SCRAM-SHA-256", "n,,n=" + account + ",r=abc")));
            String first = new String(
                    Objects.requireNonNull(client.receive(Auth.class).authenticationData())
                            .toByteArray(),
                    UTF_8);
            String nonce = first.substring(0, first.indexOf(','));
            client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "SCRAM-SHA-256", "c=biws," + nonce + ",p=AAAA"));
            return client.receive(Connack.class).reasonCode();
        }
    }

    @Test
    void guesses_by_scram_count_for_the_account_that_they_are_about() {
        restart(EmbeddedBroker.builder().accounts(List.of(Account.of("kitchen", scram("secret")))), 2);

        assertThat(guessByScram("kitchen")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(guessByScram("kitchen")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(guessByScram("kitchen")).isEqualTo(ReasonCode.CONNECTION_RATE_EXCEEDED);
        assertThat(guessByScram("hall")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", "kitchen", "secret").reasonCode())
                    .isEqualTo(ReasonCode.CONNECTION_RATE_EXCEEDED);
        }
    }

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    void who_fails_by_scram_or_asks_for_a_method_that_is_not_there_is_in_the_audit_by_name() {
        String logged = logged(() -> {
            guessByScram("kitchen");
            try (RawClient client = RawClient.v5(broker)) {
                client.connect("c", true, asking("NONE", ""));
            }
        });

        assertThat(logged)
                .contains("audit - log-in of kitchen (client c) from 127.0.0.1: refused: SCRAM: the proof is wrong")
                .contains("audit - log-in of an anonymous client (client c) from 127.0.0.1: refused: there is no such");
    }

    /** Takes "NAME:PASSWORD" and lets in who says "secret". */
    private static final class Asking implements AuthenticationMethod {

        @Override
        public String name() {
            return "ASKING";
        }

        @Override
        public AuthenticationExchange begin(LogIn logIn) {
            return new AuthenticationExchange() {

                private String claimed = "";

                @Override
                public CompletionStage<AuthenticationStep> next(byte[] authenticationData) {
                    String[] given = new String(authenticationData, UTF_8).split(":", -1);
                    claimed = given[0];
                    return CompletableFuture.completedFuture(AuthenticationStep.finished(
                            given[1].equals("secret")
                                    ? Authentication.accepted(claimed)
                                    : Authentication.refused("that is not it")));
                }

                @Override
                public Optional<String> claimedAccount() {
                    return Optional.of(claimed);
                }
            };
        }
    }

    private ReasonCode reauthenticate(String data) {
        try (RawClient client = RawClient.v5(broker)) {
            assertThat(client.connect("c", true, asking("ASKING", "kitchen:secret"))
                            .reasonCode())
                    .isEqualTo(ReasonCode.SUCCESS);
            client.send(auth(ReasonCode.RE_AUTHENTICATE, "ASKING", data));
            return client.receive(Disconnect.class).reasonCode();
        }
    }

    @Test
    void guesses_by_authenticating_again_count_too() {
        restart(EmbeddedBroker.builder(), 2);

        assertThat(reauthenticate("hall:wrong")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(reauthenticate("hall:wrong again")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(reauthenticate("hall:secret")).isEqualTo(ReasonCode.CONNECTION_RATE_EXCEEDED);
    }

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    void who_fails_to_authenticate_again_is_in_the_audit_by_name() {
        String logged = logged(() -> {
            reauthenticate("kitchen:wrong");
            reauthenticate("hall:secret");
        });

        assertThat(logged)
                .contains("audit - log-in of kitchen (client c) from 127.0.0.1: refused: that is not it")
                .contains("audit - log-in of hall (client c) from 127.0.0.1: refused: the re-authentication was for"
                        + " another account");
    }

    private static String logged(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return logged.toString(UTF_8);
    }
}
