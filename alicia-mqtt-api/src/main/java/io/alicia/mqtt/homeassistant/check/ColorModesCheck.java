package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which colour modes a light can have together.
 *
 * @param list the check of each mode by itself
 */
record ColorModesCheck(ValueCheck list) implements ValueCheck {

    private static final Set<String> ALONE = Set.of("onoff", "brightness");
    private static final Set<String> COLOR = Set.of("hs", "xy", "rgb", "rgbw", "rgbww");

    @Override
    public Outcome check(JsonValue value, String path) {
        Outcome outcome = list.check(value, path);
        if (outcome instanceof Outcome.Kept kept && kept.value() instanceof JsonArray array) {
            List<String> modes = array.values().stream()
                    .map(mode -> mode instanceof JsonString text ? text.value() : "")
                    .toList();
            if (modes.isEmpty()) {
                return Outcome.crashed("Error", path + " cannot be empty");
            }
            if (modes.size() > 1 && modes.stream().anyMatch(ALONE::contains)) {
                return Outcome.crashed("Error", path + ": onoff and brightness stand alone, not in " + joined(modes));
            }
            if (modes.contains("white") && modes.stream().noneMatch(COLOR::contains)) {
                return Outcome.crashed("Error", path + ": white goes only with a colour mode, not in " + joined(modes));
            }
        }
        return outcome;
    }

    private static String joined(List<String> modes) {
        return modes.stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
