package io.alicia.mqtt.broker.conformance;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.ScramCredential;
import io.alicia.mqtt.broker.EmbeddedBrokerBuilder;
import io.alicia.mqtt.broker.ListenerConfig;
import io.alicia.mqtt.broker.ListenerProtocol;
import io.alicia.mqtt.protocol.Qos;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How the broker of a case is configured, for Alicia and for Mosquitto alike. */
enum Setup {
    /** Everybody may come and do everything. */
    OPEN,
    /** No retained messages. */
    WITHOUT_RETAIN,
    /** QoS 0 alone. */
    QOS_0_ONLY,
    /** Client Identifiers must not be empty. */
    WITHOUT_EMPTY_IDENTIFIERS,
    /** The account {@code user} with the password {@code secret}, which may use the topics below {@code allowed}. */
    WITH_ACCOUNT,
    /** One copy of a message for each matching subscription. */
    ONE_COPY_EACH,
    /** Accounts {@code user} with the password {@code pencil}, and {@code other}, for SCRAM-SHA-256. */
    WITH_SCRAM,
    /** Whoever checks accounts is out of order. */
    BROKEN_AUTHENTICATION;

    EmbeddedBrokerBuilder configure(EmbeddedBrokerBuilder builder) {
        Qos maxQos = this == QOS_0_ONLY ? Qos.AT_MOST_ONCE : Qos.EXACTLY_ONCE;
        for (ListenerProtocol protocol : List.of(ListenerProtocol.TCP, ListenerProtocol.WEBSOCKETS)) {
            builder.listener(
                    ListenerConfig.builder().protocol(protocol).maxQos(maxQos).build());
        }
        return switch (this) {
            case OPEN, QOS_0_ONLY -> builder.allowAnonymous();
            case WITHOUT_RETAIN -> builder.allowAnonymous().configure(config -> config.retainAvailable(false));
            case WITHOUT_EMPTY_IDENTIFIERS ->
                builder.allowAnonymous().configure(config -> config.allowZeroLengthClientid(false));
            case ONE_COPY_EACH -> builder.allowAnonymous().configure(config -> config.allowDuplicateMessages(true));
            case WITH_ACCOUNT ->
                builder.account("user", "secret")
                        .access(AccessPolicy.builder()
                                .account("user")
                                .mayPublishAndReceive("allowed/#")
                                .build());
            case WITH_SCRAM -> builder.accounts(List.of(scram("user", "pencil"), scram("other", "rubber")));
            case BROKEN_AUTHENTICATION ->
                builder.authenticator(
                        logIn -> CompletableFuture.failedFuture(new IllegalStateException("out of order")));
        };
    }

    private static Account scram(String name, String password) {
        return Account.of(name, ScramCredential.derive(password, ScramCredential.LEAST_ITERATIONS, new SecureRandom()));
    }

    /** Lines of mosquitto.conf behind its listener. */
    List<String> mosquitto() {
        return switch (this) {
            case OPEN, ONE_COPY_EACH -> List.of("allow_anonymous true");
            case WITHOUT_RETAIN -> List.of("allow_anonymous true", "retain_available false");
            case QOS_0_ONLY -> List.of("allow_anonymous true", "max_qos 0");
            case WITHOUT_EMPTY_IDENTIFIERS -> List.of("allow_anonymous true", "allow_zero_length_clientid false");
            case WITH_ACCOUNT -> List.of("allow_anonymous false", "password_file {passwords}", "acl_file {acl}");
            case WITH_SCRAM, BROKEN_AUTHENTICATION -> List.of();
        };
    }
}
