package io.alicia.mqtt.client;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** For what happens within a millisecond or two on another thread: a tenth of a second each time would be most of a test's time. */
final class Soon {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);

    private Soon() {}

    static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(POLL_INTERVAL);
    }
}
