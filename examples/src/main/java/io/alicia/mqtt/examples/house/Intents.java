package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.payload.Command;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands a handful of sentences: "turn on the kitchen light". */
final class Intents {

    private static final Pattern SWITCH =
            Pattern.compile("turn (?<state>on|off) the (?<room>[a-z]+) light", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> bulbByRoom;

    Intents(Map<String, String> bulbByRoom) {
        this.bulbByRoom = Map.copyOf(bulbByRoom);
    }

    Optional<Intent> find(String text) {
        Matcher matcher = SWITCH.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        boolean on = matcher.group("state").equalsIgnoreCase("on");
        String room = matcher.group("room").toLowerCase(java.util.Locale.ROOT);
        return Optional.ofNullable(bulbByRoom.get(room))
                .map(bulb -> new Intent(
                        bulb, on ? Command.turnOn() : Command.turnOff(), room + " light " + (on ? "on" : "off")));
    }

    record Intent(String target, Command command, String words) {}
}
