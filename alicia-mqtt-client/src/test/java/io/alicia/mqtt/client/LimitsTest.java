package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.connection.ServerAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
