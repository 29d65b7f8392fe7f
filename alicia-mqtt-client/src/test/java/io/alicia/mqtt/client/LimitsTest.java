package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that cannot work are refused where they are said. */
class LimitsTest {

    @ParameterizedTest
    @MethodSource("nonsense")
    void refuses_what_cannot_work_and_says_what_is_allowed(Consumer<AliciaMqttClientBuilder> setting, String allowed) {
        AliciaMqttClientBuilder builder = AliciaMqttClient.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.accept(builder))
                .withMessageContaining("expected " + allowed);
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                refused(builder -> builder.streamBuffer(0), "1 to "),
                refused(builder -> builder.receiveMaximum(-5), "1 to 65535"),
                refused(builder -> builder.receiveMaximum(100_000), "1 to 65535"),
                refused(builder -> builder.maximumPacketSize(0), "1 to 268435460"),
                refused(builder -> builder.maximumPacketSize(268_435_461), "1 to 268435460"),
                refused(builder -> builder.sendMaximum(0), "1 to 65535"),
                refused(builder -> builder.keepAlive(Duration.ofDays(9)), "whole seconds from 0 to 65535"),
                refused(builder -> builder.keepAlive(Duration.ofMillis(1_500)), "whole seconds from 0 to 65535"),
                refused(builder -> builder.sessionExpiryInterval(Duration.ofSeconds(-1)), "whole seconds from 0 to"),
                refused(builder -> builder.clientIdentifier(""), "1 to 65535 bytes"),
                refused(builder -> builder.clientIdentifier("a\0b"), "1 to 65535 bytes of UTF-8 without U+0000"),
                refused(builder -> builder.clientIdentifier("ä".repeat(32_768)), "1 to 65535 bytes"),
                refused(builder -> builder.connectTimeout(Duration.ZERO), "more than zero"),
                refused(builder -> builder.commandTimeout(Duration.ofSeconds(-1)), "more than zero"),
                refused(builder -> builder.publishDeadline(Duration.ofSeconds(-1)), "more than zero"),
                refused(builder -> builder.closeDeadline(Duration.ofSeconds(-1)), "zero or more"));
    }

    private static Arguments refused(Consumer<AliciaMqttClientBuilder> setting, String allowed) {
        return Arguments.of(setting, allowed);
    }

    @Test
    void refuses_uses_of_a_topic_that_cannot_work_and_says_what_is_allowed() {
        try (AliciaMqttClient alicia = AliciaMqttClient.builder()
                .server("mqtt://house")
                .transport(new FakeTransport().provider())
                .start()) {
            TypedTopic<String, String> notes = alicia.topic(TopicTemplate.of("story/{room}/note"), PayloadCodec.text());

            for (String name : List.of("", "a/b", "+", "#", "a/")) {
                assertThatIllegalArgumentException().as("share name %s", name).isThrownBy(() -> notes.sharedBy(name));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> notes.sharedBy("a/b"))
                    .withMessage("share name \"a/b\": expected one level of a topic [MQTT-4.8.2-2]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> notes.withDeadline(Duration.ZERO))
                    .withMessageContaining("expected more than zero");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> notes.withMessageExpiryInterval(Duration.ofMillis(-1)))
                    .withMessageContaining("expected zero or more");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alicia.services().answerHealthRequests("check", () -> {
                        throw new IllegalStateException("nobody is asked");
                    }))
                    .withMessageContainingAll("alicia/system/health/{service}", "\"check\"");
            assertThatCode(() -> notes.sharedBy("a").withDeadline(Duration.ofMillis(1)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    @Timeout(30)
    void takes_the_longest_duration_for_one_that_nobody_lives_to_see() {
        FakeTransport transport = new FakeTransport();
        AliciaMqttClient client = withEndlessDurations(transport);
        transport.awaitAttempt();
        assertThat(transport.lastAttempt().request().timeout()).isEqualTo(Duration.ofDays(24));
        transport.accept(false);
        Awaitility.await().until(() -> client.connectionState() instanceof ConnectionState.Connected);
        TestObserver<?> command =
                client.devices().device("hall").command(Command.turnOn()).test();
        command.assertNoErrors();

        client.close();

        command.awaitDone(5, TimeUnit.SECONDS).assertError(IllegalStateException.class);
    }

    @Test
    @Timeout(30)
    void waits_as_long_between_two_attempts() {
        FakeTransport transport = new FakeTransport();
        AliciaMqttClient client = withEndlessDurations(transport);
        transport.awaitAttempt();
        transport.lastAttempt().answer().onError(new IllegalStateException("not today"));

        Awaitility.await().until(() -> client.connectionState() instanceof ConnectionState.Waiting);

        assertThat(((ConnectionState.Waiting) client.connectionState()).until())
                .isAfter(Instant.EPOCH.plus(Duration.ofDays(18_000)));
        client.close();
    }

    private static AliciaMqttClient withEndlessDurations(FakeTransport transport) {
        Duration forever = ChronoUnit.FOREVER.getDuration();
        return AliciaMqttClient.builder()
                .server("mqtt://house")
                .transport(transport.provider())
                .time(new TestScheduler())
                .connectTimeout(forever)
                .publishDeadline(forever)
                .commandTimeout(forever)
                .closeDeadline(forever)
                .backoff(new Backoff(forever, forever))
                .start();
    }

    @Test
    void shows_no_token_of_an_address() {
        assertThat(ServerAddress.of("ws://house/mqtt?token=s3cret&v=1&s3cret"))
                .hasToString("ws://house:80/mqtt?token=***&v=***&***")
                .extracting(ServerAddress::path)
                .isEqualTo("/mqtt?token=s3cret&v=1&s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.of("house/mqtt?token=s3cret"))
                .withMessageNotContaining("s3cret");
    }

    @Test
    void takes_the_ends_of_what_is_allowed() {
        assertThatCode(() -> AliciaMqttClient.builder()
                        .streamBuffer(1)
                        .receiveMaximum(65_535)
                        .sendMaximum(1)
                        .keepAlive(Duration.ZERO)
                        .sessionExpiryInterval(Duration.ofSeconds(4_294_967_295L))
                        .clientIdentifier("a".repeat(65_535))
                        .closeDeadline(Duration.ZERO))
                .doesNotThrowAnyException();
    }
}
