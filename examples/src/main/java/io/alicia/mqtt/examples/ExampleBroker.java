package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.EmbeddedBrokerBuilder;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.connection.Credentials;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What every small example needs: a broker with the house's standard accounts, and a client as one of them. */
final class ExampleBroker implements AutoCloseable {

    static final AccessPolicy POLICY = StandardPolicy.of(StandardPolicy.Option.SONOS_SPEAKER);

    private final Map<String, String> passwords = new HashMap<>();
    private final EmbeddedBroker broker;

    ExampleBroker() {
        EmbeddedBrokerBuilder builder = EmbeddedBroker.builder().tcp(0).access(POLICY);
        for (String account : POLICY.accounts()) {
            String password = UUID.randomUUID().toString();
            passwords.put(account, password);
            builder.account(account, password);
        }
        broker = builder.start();
    }

    String uri() {
        return broker.uri();
    }

    Credentials credentials(String account) {
        return new Credentials(account, passwords.getOrDefault(account, ""));
    }

    AliciaMqtt connect(String account) {
        return AliciaMqttClient.builder()
                .server(uri())
                .account(account, () -> credentials(account))
                .connect();
    }

    @Override
    public void close() {
        broker.close();
    }
}
