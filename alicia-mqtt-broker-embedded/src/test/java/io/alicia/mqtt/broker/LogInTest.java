package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.protocol.ReasonCode;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may use an account, and on which threads passwords are looked at. */
class LogInTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .accounts(List.of(
                    Account.of("app", PasswordHash.plain("t0p")),
                    Account.of("empty", PasswordHash.sha512(new byte[0], new SecureRandom())),
                    Account.of("sensor", PasswordHash.plain("s3cret")).boundTo(List.of("sensor-1"))))
            .brokerListener(new BrokerListener() {
                @Override
                public void refused(ClientInfo client, ReasonCode reasonCode, String reason) {
                    told.add(reasonCode + ": " + reason);
                }
            })
            .start();

    @AfterEach
    void stop() {
        broker.close();
    }

    private ReasonCode connect(String clientIdentifier, String account, String password) {
        try (RawClient client = RawClient.v5(broker)) {
            return client.connect(clientIdentifier, account, password).reasonCode();
        }
    }

    @Test
    void an_account_that_is_bound_to_a_client_identifier_is_let_in_with_that_alone() {
        assertThat(connect("sensor-2", "sensor", "s3cret")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(told).containsExactly("NOT_AUTHORIZED: the account is bound to other client identifiers");
        assertThat(connect("sensor-1", "sensor", "s3cret")).isEqualTo(ReasonCode.SUCCESS);
    }

    /** Mosquitto's 09-pwfile-parse-invalid: an account that has the hash of nothing. */
    @Test
    void an_empty_password_is_none() {
        assertThat(connect("c", "empty", "")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(told).containsExactly("NOT_AUTHORIZED: there is no password");
    }

    @Test
    void an_account_without_name_or_password_is_refused_with_the_reason() {
        EmbeddedBrokerBuilder builder = EmbeddedBroker.builder();

        assertThatThrownBy(() -> builder.account("", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an account needs a name; allowAnonymous() lets in who has none");
        assertThatThrownBy(() -> builder.account("kitchen", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("account kitchen has an empty password");
    }

    @Test
    void passwords_are_looked_at_on_threads_of_their_own() {
        assertThat(connect("c", "app", "t0p")).isEqualTo(ReasonCode.SUCCESS);

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .anySatisfy(name -> assertThat(name).startsWith("alicia-broker-login-"));
    }
}
