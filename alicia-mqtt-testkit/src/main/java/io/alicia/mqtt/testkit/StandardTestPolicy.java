package io.alicia.mqtt.testkit;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.StandardPolicy;

/** The standard policy of an Alicia house, the optional speaker's account included. */
final class StandardTestPolicy implements TestPolicy {

    @Override
    public AccessPolicy policy() {
        return StandardPolicy.of(StandardPolicy.Option.SONOS_SPEAKER);
    }
}
