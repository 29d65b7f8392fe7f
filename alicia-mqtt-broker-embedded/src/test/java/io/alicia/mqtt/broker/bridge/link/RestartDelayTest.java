package io.alicia.mqtt.broker.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.bridge.BridgeTopic;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.Qos;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestartDelayTest {

    private final long seed = System.nanoTime();

    private RestartDelay delay(int baseSeconds, int capSeconds, int stableSeconds) {
        BridgeConfig.Builder config = BridgeConfig.builder();
        config.name("b")
                .addAddresses(ServerAddress.of("mqtt://there"))
                .addTopics(new BridgeTopic("#", BridgeTopic.Direction.OUT, Qos.AT_MOST_ONCE, "", ""))
                .restartTimeout(Duration.ofSeconds(baseSeconds))
                .restartTimeoutCap(Duration.ofSeconds(capSeconds))
                .stableConnectionPeriod(Duration.ofSeconds(stableSeconds));
        return new RestartDelay(config.build(), new Random(seed));
    }

    @Test
    void waits_grow_from_failure_to_failure_between_base_and_cap() {
        RestartDelay delay = delay(5, 30, 0);
        Duration longest = Duration.ofSeconds(5);

        for (int i = 0; i < 1000; i++) {
            Duration wait = delay.afterFailure();
            assertThat(wait)
                    .as("wait %d, seed %d", i, seed)
                    .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(30))
                    .isLessThanOrEqualTo(longest.multipliedBy(3));
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        assertThat(longest).as("seed %d", seed).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void one_number_is_always_the_wait() {
        RestartDelay delay = delay(7, 7, 0);

        for (int i = 0; i < 10; i++) {
            assertThat(delay.afterFailure()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void a_connection_that_held_long_enough_starts_the_waits_over() {
        RestartDelay delay = delay(5, 30, 10);
        for (int i = 0; i < 100; i++) {
            delay.afterFailure();
        }

        assertThat(delay.afterConnection(10_000)).isEqualTo(Duration.ofSeconds(5));
        assertThat(delay.afterConnection(9_999)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }
}
