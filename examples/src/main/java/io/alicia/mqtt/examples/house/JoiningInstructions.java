package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.connection.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How somebody from outside joins the house: lines to paste into a shell. A password that was made for this run stands
 * in them; one from the environment is named by its variable.
 */
final class JoiningInstructions {

    private final ServerAddress server;
    private final @Nullable ServerAddress webSocket;
    private final HousePasswords passwords;

    /** @param webSocket where browsers join, null if that is not known */
    JoiningInstructions(ServerAddress server, @Nullable ServerAddress webSocket, HousePasswords passwords) {
        this.server = server;
        this.webSocket = webSocket;
        this.passwords = passwords;
    }

    List<String> accounts() {
        return passwords.all().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(account -> String.format("  %-19s %s", account.getKey(), shown(account.getKey())))
                .toList();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (server.isWebSocket()) {
            lines.add("Clients of MQTT over WebSocket join at " + server);
        } else {
            lines.addAll(mosquittoLines());
        }
        if (webSocket != null) {
            lines.add("A browser joins at " + webSocket);
        }
        return lines;
    }

    private List<String> mosquittoLines() {
        List<String> lines = new ArrayList<>(List.of(
                "  mosquitto_sub " + as(StandardPolicy.MOBILE_APP) + " -v -t 'alicia/sensors/#' -t 'alicia/devices/#'",
                "  mosquitto_pub " + as(StandardPolicy.ESP32_DEVICE)
                        + " -q 1 -t alicia/sensors/garden/temperature -m 18.5",
                "  mosquitto_pub " + as(StandardPolicy.ESP32_DEVICE) + " -q 1 -t alicia/sensors/"
                        + Inhabitants.MOTION_SENSOR + "/motion -m ON",
                "  mosquitto_pub " + as(StandardPolicy.MOBILE_APP) + " -q 1 -t alicia/commands/"
                        + Inhabitants.KITCHEN_BULB + " -m '{\"command\":\"toggle\"}'"));
        String given = Stream.of(StandardPolicy.MOBILE_APP, StandardPolicy.ESP32_DEVICE)
                .filter(passwords::isGiven)
                .map(HousePasswords::environmentVariable)
                .collect(Collectors.joining(" and "));
        if (!given.isEmpty()) {
            lines.add("Export " + given + " in the shell of these lines, too.");
        }
        return lines;
    }

    private String as(String account) {
        // -V 5, so that a refusal is told and not only swallowed.
        return "-V 5 -h " + server.host() + " -p " + server.port() + (server.isEncrypted() ? " --tls-use-os-certs" : "")
                + " -u " + account + " -P " + quoted(account);
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
