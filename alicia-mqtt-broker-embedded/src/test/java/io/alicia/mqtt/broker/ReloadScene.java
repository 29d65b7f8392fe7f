package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A house with two accounts, the rules of which are replaced while clients are connected. */
abstract class ReloadScene {

    static final Account SENSOR = Account.of("sensor", PasswordHash.plain("s3cret"));
    static final Account APP = Account.of("app", PasswordHash.plain("t0p"));
    static final AccessPolicy POLICY = policy("sensors/#");

    final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .allowAnonymous()
            .accounts(List.of(SENSOR, APP))
            .access(POLICY)
            .start();

    static AccessPolicy policy(String received) {
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

    static SecurityConfig.Builder house(Account... accounts) {
        return SecurityConfig.builder()
                .allowAnonymous(true)
                .accounts(List.of(accounts))
                .access(POLICY);
    }

    RawClient client(String identifier, String account, String password) {
        RawClient client = RawClient.v5(broker);
        assertThat(client.connect(identifier, account, password).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }
}
