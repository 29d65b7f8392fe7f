package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.StandardPolicy;
import java.util.List;

/**
 * What the accounts of this house may do: the contract's table, an account for the automation service, and one for each
 * ESP32 of the house, called as the device is.
 */
final class HousePolicy {

    static final String AUTOMATION = "automation";

    /** The ESP32s of the house. */
    static final List<String> DEVICES = List.of(
            Inhabitants.CLIMATE_SENSOR, Inhabitants.MOTION_SENSOR, Inhabitants.HALL_BULB, Inhabitants.KITCHEN_BULB);

    private HousePolicy() {}

    /** With an account for each device, which speaks for that one alone. */
    static AccessPolicy create() {
        AccessPolicy.Builder policy = withSharedAccounts();
        DEVICES.forEach(device -> mayWhatAnEsp32May(policy, device));
        return policy.build();
    }

    /** Every device has the one account that the contract knows for them. */
    static AccessPolicy.Builder withSharedAccounts() {
        return StandardPolicy.builder(StandardPolicy.Option.SONOS_SPEAKER)
                .account(AUTOMATION)
                .mayPublish("alicia/devices/+/command", "alicia/commands/+", "alicia/system/#")
                .mayReceive("alicia/sensors/#", "alicia/devices/+/status", "alicia/devices/+/response")
                .mayReceive("alicia/voice/command", "alicia/commands/+/response", "alicia/system/#");
    }

    /** The contract's row of {@link StandardPolicy#ESP32_DEVICE}, with the device where that has any. */
    private static void mayWhatAnEsp32May(AccessPolicy.Builder policy, String device) {
        policy.account(device)
                .mayPublish("alicia/sensors/" + device + "/#")
                .mayPublish("alicia/devices/" + device + "/status", "alicia/devices/" + device + "/availability")
                .mayPublish("alicia/devices/" + device + "/response", "alicia/commands/" + device + "/response")
                .mayPublish("homeassistant/+/" + device + "/config", "homeassistant/+/" + device + "/+/config")
                .mayReceive("alicia/commands/" + device, "alicia/devices/" + device + "/command")
                .mayReceive("homeassistant/status");
    }
}
