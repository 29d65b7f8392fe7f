package io.alicia.mqtt.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * The accounts of an Alicia house and what they may do.
 *
 * <p>There are no built-in passwords: the caller, a password file or the environment gives them.
 */
public final class StandardPolicy {

    /** Home Assistant: may do everything, and receives the broker's {@code $SYS}. */
    public static final String ALICIA = "alicia";

    /** Every ESP32 sensor and bulb. */
    public static final String ESP32_DEVICE = "esp32_device";

    /** The voice pipeline. */
    public static final String VOICE_ASSISTANT = "voice_assistant";

    /** The app on a phone. */
    public static final String MOBILE_APP = "mobile_app";

    /** The Sonos bridge, with {@link Option#SONOS_SPEAKER}. */
    public static final String SONOS_SPEAKER = "sonos_speaker";

    /** What may differ from house to house. */
    public enum Option {
        /** The account {@link StandardPolicy#SONOS_SPEAKER} exists. */
        SONOS_SPEAKER,
        /**
         * Every device publishes only below its own Client Identifier, and receives of {@code alicia/devices} only its own
         * commands. Commands on {@code alicia/commands} reach every device, as they may be for all of them.
         *
         * <p>Mosquitto's patterns hold for every account: bind the devices' Client Identifiers to their account if others
         * must not choose them.
         */
        PER_DEVICE
    }

    private StandardPolicy() {}

    /** The policy of a house with {@code options}. */
    public static AccessPolicy of(Option... options) {
        return builder(options).build();
    }

    /** A builder that holds the policy of a house with {@code options}, for accounts of one's own besides. */
    public static AccessPolicy.Builder builder(Option... options) {
        Set<Option> chosen = EnumSet.noneOf(Option.class);
        chosen.addAll(Set.of(options));

        AccessPolicy.Builder policy = AccessPolicy.builder();
        policy.account(ALICIA).mayPublishAndReceive("#").mayReceive("$SYS/#");
        if (chosen.contains(Option.PER_DEVICE)) {
            esp32DevicesByClientIdentifier(policy);
        } else {
            esp32Devices(policy);
        }
        policy.account(VOICE_ASSISTANT)
                .mayPublish("alicia/voice/#", "alicia/tts/#", "alicia/commands/#")
                .mayReceive("alicia/voice/#", "alicia/tts/#", "alicia/commands/+/response")
                .mayReceive("alicia/devices/+/status", "alicia/devices/+/response");
        policy.account(MOBILE_APP)
                .mayPublish("alicia/commands/#", "alicia/devices/+/command", "alicia/devices/+/control")
                .mayReceive("alicia/sensors/#", "alicia/devices/#")
                .mayReceive("alicia/commands/+/response", "alicia/voice/response");
        if (chosen.contains(Option.SONOS_SPEAKER)) {
            policy.account(SONOS_SPEAKER)
                    .mayPublish("alicia/devices/sonos/+/status", "alicia/devices/+/status")
                    .mayPublish("alicia/devices/+/availability", "alicia/tts/status")
                    .mayReceive("alicia/commands/sonos/#", "alicia/devices/sonos/+/command")
                    .mayReceive("alicia/devices/+/command", "alicia/tts/+");
        }
        return policy;
    }

    private static void esp32Devices(AccessPolicy.Builder policy) {
        policy.account(ESP32_DEVICE)
                .mayPublish("alicia/sensors/#")
                .mayPublish("alicia/devices/+/status", "alicia/devices/+/availability", "alicia/devices/+/response")
                .mayPublish("alicia/commands/+/response")
                .mayPublish("homeassistant/+/+/config", "homeassistant/+/+/+/config")
                .mayReceive("alicia/commands/#", "alicia/devices/+/command", "homeassistant/status");
    }

    private static void esp32DevicesByClientIdentifier(AccessPolicy.Builder policy) {
        policy.account(ESP32_DEVICE)
                .mayPublish("homeassistant/+/+/config", "homeassistant/+/+/+/config")
                .mayReceive("alicia/commands/#", "homeassistant/status");
        policy.everyClient()
                .mayPublish("alicia/sensors/%c/#")
                .mayPublish("alicia/devices/%c/status", "alicia/devices/%c/availability", "alicia/devices/%c/response")
                .mayPublish("alicia/commands/%c/response")
                .mayReceive("alicia/devices/%c/command");
    }
}
