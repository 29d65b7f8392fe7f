package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BrokerConfigTest {

    @Test
    void is_closed_bounded_and_on_loopback_by_default() {
        BrokerConfig config =
                BrokerConfig.builder().addListeners(ListenerConfig.tcp(0)).build();

        assertThat(config.security().allowAnonymous()).isFalse();
        assertThat(config.maxInflightMessages()).isEqualTo(20);
        assertThat(config.maxQueuedMessages()).isEqualTo(1000);
        assertThat(config.maxPacketSize()).isEqualTo(2_000_000);
        assertThat(config.listeners()).singleElement().satisfies(listener -> {
            assertThat(listener.bindAddress()).isEqualTo("127.0.0.1");
            assertThat(listener.maxTopicAlias()).isEqualTo(10);
        });
    }

    static Stream<Arguments> refused_values() {
        return Stream.of(
                refused("port is 65536", () -> ListenerConfig.tcp(65_536)),
                refused(
                        "mountPoint is \"a/+\"",
                        () -> ListenerConfig.builder().mountPoint("a/+").build()),
                refused(
                        "maxInflightMessages is -1",
                        () -> BrokerConfig.builder().maxInflightMessages(-1).build()),
                refused(
                        "maxPacketSize is 19",
                        () -> BrokerConfig.builder().maxPacketSize(19).build()),
                refused(
                        "maxKeepalive is -1",
                        () -> BrokerConfig.builder().maxKeepalive(-1).build()),
                refused(
                        "workerThreads is 0",
                        () -> BrokerConfig.builder().workerThreads(0).build()));
    }

    private static Arguments refused(String expected, ThrowingCallable build) {
        return Arguments.of(expected, build);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused_values")
    void refuses_a_value_out_of_range_by_naming_the_option(String expected, ThrowingCallable build) {
        assertThatThrownBy(build).isInstanceOf(IllegalStateException.class).hasMessageStartingWith(expected);
    }
}
