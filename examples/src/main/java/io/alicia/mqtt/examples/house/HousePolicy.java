package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.StandardPolicy;

/** What the accounts of this house may do: the contract's table, and an account for the automation service. */
final class HousePolicy {

    static final String AUTOMATION = "automation";

    private HousePolicy() {}

    static AccessPolicy create() {
        return StandardPolicy.builder(StandardPolicy.Option.SONOS_SPEAKER)
                .account(AUTOMATION)
                .mayPublish("alicia/devices/+/command", "alicia/commands/+", "alicia/system/#")
                .mayReceive("alicia/sensors/#", "alicia/devices/+/status", "alicia/devices/+/response")
                .mayReceive("alicia/voice/command", "alicia/commands/+/response", "alicia/system/#")
                .build();
    }
}
