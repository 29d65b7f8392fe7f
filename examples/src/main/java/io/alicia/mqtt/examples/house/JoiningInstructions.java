package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.access.StandardPolicy;
import java.util.List;
import java.util.Map;

/**
 * How somebody from outside joins the house: lines to paste into a shell. A password that was made for this run stands
 * in them; one from the environment is named by its variable.
 */
final class JoiningInstructions {

    private final int mqttPort;
    private final int webSocketPort;
    private final HousePasswords passwords;

    JoiningInstructions(int mqttPort, int webSocketPort, HousePasswords passwords) {
        this.mqttPort = mqttPort;
        this.webSocketPort = webSocketPort;
        this.passwords = passwords;
    }

    List<String> accounts() {
        return passwords.all().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(account -> String.format("  %-16s %s", account.getKey(), shown(account.getKey())))
                .toList();
    }

    List<String> lines() {
        return List.of(
                "  mosquitto_sub " + as(StandardPolicy.MOBILE_APP) + " -v -t 'alicia/sensors/#' -t 'alicia/devices/#'",
                "  mosquitto_pub " + as(StandardPolicy.ESP32_DEVICE)
                        + " -q 1 -t alicia/sensors/garden/temperature -m 18.5",
                "  mosquitto_pub " + as(StandardPolicy.ESP32_DEVICE) + " -q 1 -t alicia/sensors/"
                        + Inhabitants.MOTION_SENSOR + "/motion -m ON",
                "  mosquitto_pub " + as(StandardPolicy.MOBILE_APP) + " -q 1 -t alicia/commands/"
                        + Inhabitants.KITCHEN_BULB + " -m '{\"command\":\"toggle\"}'",
                "A browser joins at ws://127.0.0.1:" + webSocketPort + "/mqtt");
    }

    private String as(String account) {
        // -V 5, so that a refusal is told and not only swallowed.
        return "-V 5 -h 127.0.0.1 -p " + mqttPort + " -u " + account + " -P " + quoted(account);
    }

    private String shown(String account) {
        return passwords.isGiven(account)
                ? "the one in " + HousePasswords.environmentVariable(account)
                : passwords.of(account);
    }

    private String quoted(String account) {
        return passwords.isGiven(account)
                ? "\"$" + HousePasswords.environmentVariable(account) + "\""
                : "'" + passwords.of(account) + "'";
    }
}
