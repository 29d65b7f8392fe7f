package io.alicia.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.AuthenticationExchange;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.AuthenticationStep;
import io.alicia.mqtt.access.LogIn;
import io.alicia.mqtt.broker.protocol.Auth;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.ReasonProperties;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dialogues that do not come to their end by themselves (MQTT 5 §4.12). */
@Timeout(60)
class EnhancedAuthenticationTest {

    private static final String METHOD = "OBEDIENT";

    private final TestTime time = new TestTime();
    private final EmbeddedBroker broker = EmbeddedBroker.builder()
            .tcp(0)
            .time(time, time)
            .authenticationMethod(new Obedient())
            .configure(config -> config.connectTimeout(Duration.ofSeconds(10)))
            .start();

    /** Does what the client says: lets it in, asks it with as many bytes as it names, or never answers. */
    private static final class Obedient implements AuthenticationMethod {

        @Override
        public String name() {
            return METHOD;
        }

        @Override
        public AuthenticationExchange begin(LogIn logIn) {
            return Obedient::next;
        }

        private static CompletionStage<AuthenticationStep> next(byte[] data) {
            String wish = new String(data, UTF_8);
            if (wish.equals("in")) {
                return CompletableFuture.completedFuture(AuthenticationStep.finished(Authentication.accepted("user")));
            }
            return wish.equals("silence")
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedFuture(AuthenticationStep.goOn(new byte[Integer.parseInt(wish)]));
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static ConnectProperties wish(String wish) {
        return ConnectProperties.builder()
                .maximumPacketSizeBytes(100)
                .authenticationMethod(METHOD)
                .authenticationData(BinaryData.of(wish.getBytes(UTF_8)))
                .build();
    }

    private static Auth again(String wish) {
        return new Auth(ReasonCode.RE_AUTHENTICATE, METHOD, BinaryData.of(wish.getBytes(UTF_8)), ReasonProperties.NONE);
    }

    private RawClient connected() {
        RawClient client = RawClient.v5(broker);
        assertThat(client.connect("c", true, wish("in")).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }

    @Test
    void a_client_that_cannot_take_the_next_step_is_told_so() {
        try (RawClient client = RawClient.v5(broker)) {
            client.send(client.connectPacket("c", true, 60, null, null, null, wish("1000")));

            assertThat(client.receive(Connack.class).reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
            client.expectClosed();
        }
    }

    @Test
    void a_client_that_cannot_take_the_next_step_when_it_authenticates_again_is_told_so() {
        try (RawClient client = connected()) {
            client.send(again("1000"));

            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
            client.expectClosed();
        }
    }

    @Test
    void authenticating_again_has_to_end_in_time() {
        for (String unfinished : new String[] {"silence", "10"}) {
            try (RawClient client = connected()) {
                client.send(again(unfinished));
                if (!unfinished.equals("silence")) {
                    client.receive(Auth.class);
                }
                client.ping();

                time.pass(Duration.ofSeconds(10));

                assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
                client.expectClosed();
            }
        }
    }

    @Test
    void who_has_authenticated_again_has_time() {
        try (RawClient client = connected()) {
            client.send(again("in"));
            assertThat(client.receive(Auth.class).reasonCode()).isEqualTo(ReasonCode.SUCCESS);

            time.pass(Duration.ofSeconds(20));

            client.ping();
        }
    }
}
