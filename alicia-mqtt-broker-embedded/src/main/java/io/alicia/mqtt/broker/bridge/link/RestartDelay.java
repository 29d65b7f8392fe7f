package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a bridge waits before it tries again: at random between the base and three times the last wait, up to a cap, so
 * that bridges to one broker do not all come back at once ("decorrelated jitter", as in Mosquitto). Starts over after a
 * connection that held long enough.
 */
final class RestartDelay {

    private static final int GROWTH = 3;

    private final long baseMillis;
    private final long capMillis;
    private final long stableMillis;
    private final RandomGenerator random;
    private long lastMillis;

    RestartDelay(BridgeConfig config, RandomGenerator random) {
        this.baseMillis = config.restartTimeout().toMillis();
        this.capMillis = config.restartTimeoutCap().toMillis();
        this.stableMillis = config.stableConnectionPeriod().toMillis();
        this.random = random;
        this.lastMillis = baseMillis;
    }

    /** The wait after a connection that held for so long. */
    Duration afterConnection(long heldMillis) {
        if (heldMillis >= stableMillis) {
            lastMillis = baseMillis;
            return Duration.ofMillis(baseMillis);
        }
        return afterFailure();
    }

    /** The wait after a connection did not come about. */
    Duration afterFailure() {
        lastMillis = Math.min(capMillis, random.nextLong(baseMillis, lastMillis * GROWTH + 1));
        return Duration.ofMillis(lastMillis);
    }
}
