package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.broker.protocol.Auth;
import io.alicia.mqtt.broker.protocol.ReasonProperties;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The packets around one enhanced authentication (MQTT 5 §4.12): one step after the other, all with the method of
 * CONNECT [MQTT-4.12.0-5]. Belongs to the connection's event loop.
 */
final class AuthenticationDialogue {

    static final String TOO_LARGE = "the next AUTH is larger than the client takes [MQTT-3.1.2-24]";

    private static final byte[] NOTHING = new byte[0];

    private final String method;
    private final AuthenticationExchange exchange;
    private boolean deciding;

    AuthenticationDialogue(String method, AuthenticationExchange exchange) {
        this.method = method;
        this.exchange = exchange;
    }

    String method() {
        return method;
    }

    /** {@code logIn} as one of the account that the client names in the dialogue, if it did. */
    LogIn claimedBy(LogIn logIn) {
        return exchange.claimedAccount().map(logIn::as).orElse(logIn);
    }

    /** Whether {@code auth} is the next step: its turn, its Reason Code, its method. */
    boolean expects(Auth auth, ReasonCode reasonCode) {
        return !deciding && auth.reasonCode() == reasonCode && method.equals(auth.authenticationMethod());
    }

    /** Takes what the client says; {@code then} gets what follows, on {@code loop}. */
    void take(@Nullable BinaryData data, BrokerLoop loop, Consumer<AuthenticationStep> then) {
        deciding = true;
        exchange.next(data == null ? NOTHING : data.toByteArray()).thenAccept(step -> {
            if (loop.isCurrent()) {
                decided(step, then);
            } else {
                loop.execute(() -> decided(step, then));
            }
        });
    }

    private void decided(AuthenticationStep step, Consumer<AuthenticationStep> then) {
        deciding = false;
        then.accept(step);
    }

    /** The AUTH that tells the client of a step. */
    Auth auth(ReasonCode reasonCode, AuthenticationStep step) {
        return new Auth(reasonCode, method, dataOf(step), ReasonProperties.NONE);
    }

    static @Nullable BinaryData dataOf(AuthenticationStep step) {
        return step.authenticationData().map(BinaryData::of).orElse(null);
    }
}
