package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.protocol.Auth;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connected client authenticates once more (MQTT 5 §4.12.1), while everything else goes on. It has to be the same
 * account by the same method; otherwise the connection ends. Belongs to the connection's event loop.
 */
final class Reauthentication {

    private final Client client;
    private final Security security;
    private final Broker broker;
    private final @Nullable String method;
    private @Nullable AuthenticationDialogue dialogue;
    private Runnable stopTimeout = () -> {};

    /** {@code method} is what CONNECT asked for, null if for none. */
    Reauthentication(Client client, Security security, Broker broker, @Nullable String method) {
        this.client = client;
        this.security = security;
        this.broker = broker;
        this.method = method;
    }

    void receive(Auth auth) {
        if (method == null) {
            client.close(ReasonCode.PROTOCOL_ERROR, "AUTH without an Authentication Method in CONNECT [MQTT-4.12.0-7]");
        } else if (!method.equals(auth.authenticationMethod())) {
            client.close(ReasonCode.PROTOCOL_ERROR, "another Authentication Method than in CONNECT [MQTT-4.12.1-1]");
        } else if (dialogue == null && auth.reasonCode() == ReasonCode.RE_AUTHENTICATE) {
            begin(auth, method);
        } else if (dialogue != null && dialogue.expects(auth, ReasonCode.CONTINUE_AUTHENTICATION)) {
            take(auth, dialogue);
        } else {
            client.close(ReasonCode.PROTOCOL_ERROR, "AUTH out of turn (MQTT 5 §4.12.1)");
        }
    }

    private void begin(Auth auth, String known) {
        AuthenticationExchange exchange = security.beginOrNull(known, logIn(null));
        if (exchange == null) {
            client.close(ReasonCode.BAD_AUTHENTICATION_METHOD, "the method " + known + " is not there any more");
            return;
        }
        AuthenticationDialogue begun = new AuthenticationDialogue(known, exchange);
        dialogue = begun;
        Duration timeout = Duration.ofMillis(broker.settings().connectTimeoutMillis());
        stopTimeout = broker.timers()
                .schedule(
                        client.connection().loop(),
                        timeout,
                        () -> client.close(
                                ReasonCode.NOT_AUTHORIZED, "the re-authentication took longer than " + timeout));
        take(auth, begun);
    }

    private LogIn logIn(@Nullable String account) {
        ClientInfo info = client.info();
        return LogIn.builder(info.clientIdentifier())
                .account(account)
                .remoteAddress(LogInLimits.host(info.remoteAddress()))
                .build();
    }

    private void take(Auth auth, AuthenticationDialogue current) {
        current.take(auth.authenticationData(), client.connection().loop(), step -> follow(current, step));
    }

    private void follow(AuthenticationDialogue current, AuthenticationStep step) {
        Authentication outcome = step.outcome().orElse(null);
        if (outcome == null) {
            write(current.auth(ReasonCode.CONTINUE_AUTHENTICATION, step));
        } else {
            decided(current, step, forSameAccount(outcome));
        }
    }

    private Authentication forSameAccount(Authentication outcome) {
        return outcome.isAccepted()
                        && !Objects.equals(
                                outcome.account().orElse(null), client.info().account())
                ? Authentication.refused("the re-authentication was for another account")
                : outcome;
    }

    private void decided(AuthenticationDialogue current, AuthenticationStep step, Authentication outcome) {
        stopTimeout.run();
        LogIn logIn = current.claimedBy(logIn(client.info().account()));
        Optional<String> delay = broker.logInLimits().decided(logIn, true, outcome);
        security.audit(logIn, delay.map(Authentication::refused).orElse(outcome));
        if (delay.isPresent()) {
            client.close(ReasonCode.CONNECTION_RATE_EXCEEDED, delay.get());
        } else if (!outcome.isAccepted()) {
            client.close(ReasonCode.NOT_AUTHORIZED, "the re-authentication failed");
        } else {
            dialogue = null;
            write(current.auth(ReasonCode.SUCCESS, step));
        }
    }

    /** For what the client cannot take it would wait in vain. */
    private void write(Auth auth) {
        if (client.connection().fits(auth)) {
            client.write(auth);
        } else {
            client.close(ReasonCode.PACKET_TOO_LARGE, AuthenticationDialogue.TOO_LARGE);
        }
    }

    /** The connection ends. */
    void close() {
        stopTimeout.run();
    }
}
