package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.ListenerConfig;
import io.alicia.mqtt.broker.ListenerProtocol;
import io.alicia.mqtt.broker.monitoring.BrokerListener;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.protocol.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Starts the broker of the house and tells of whom it turns away. */
final class HouseBroker {

    private HouseBroker() {}

    static EmbeddedBroker start(
            HouseOptions options,
            AccessPolicy policy,
            HousePasswords passwords,
            SecureRandom random,
            Narrator narrator) {
        List<Account> accounts = passwords.all().entrySet().stream()
                .map(account -> account(account, random))
                .toList();
        return EmbeddedBroker.builder()
                .listener(ListenerConfig.builder()
                        .bindAddress(options.bind)
                        .port(options.mqttPort)
                        .build())
                .listener(ListenerConfig.builder()
                        .protocol(ListenerProtocol.WEBSOCKETS)
                        .bindAddress(options.bind)
                        .port(options.webSocketPort)
                        .build())
                .accounts(accounts)
                .access(policy)
                .brokerListener(new BrokerListener() {
                    @Override
                    public void refused(ClientInfo client, ReasonCode reasonCode, String reason) {
                        narrator.refusal("broker", "refused " + shown(client) + ": " + reason);
                    }

                    @Override
                    public void denied(Decision decision) {
                        narrator.refusal("broker", decision.toString());
                    }
                })
                .start();
    }

    private static String shown(ClientInfo client) {
        return LogIn.builder(client.clientIdentifier())
                .account(client.account())
                .remoteAddress(client.remoteAddress())
                .build()
                .toString();
    }

    private static Account account(Map.Entry<String, String> nameAndPassword, SecureRandom random) {
        byte[] password = nameAndPassword.getValue().getBytes(StandardCharsets.UTF_8);
        return Account.of(
                nameAndPassword.getKey(),
                PasswordHash.pbkdf2Sha512(password, PasswordHash.MOSQUITTO_ITERATIONS, random));
    }
}
