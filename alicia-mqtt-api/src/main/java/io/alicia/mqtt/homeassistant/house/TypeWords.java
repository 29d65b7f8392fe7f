package io.alicia.mqtt.homeassistant.house;

import io.alicia.mqtt.homeassistant.component.BinarySensorDeviceClass;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the words of a device's type tell of it: {@code smoke_detector}, {@code garage_door}.
 *
 * @param words in lower case
 */
record TypeWords(List<String> words) {

    /** By the last word: a door lamp is no door. */
    private static final Set<String> SHOWN_ALONE = Set.of("detector", "sensor", "contact", "door", "window", "gate");

    static TypeWords of(String type) {
        return new TypeWords(List.of(type.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")));
    }

    /** Whether it is something whose state is to be seen and that does not take commands. */
    boolean isShownAlone() {
        return !words.isEmpty() && SHOWN_ALONE.contains(words.get(words.size() - 1));
    }

    /** What is to be seen of it, if it has two states. */
    Optional<BinarySensorDeviceClass> deviceClass() {
        return words.containsAll(List.of("garage", "door"))
                ? Optional.of(BinarySensorDeviceClass.GARAGE_DOOR)
                : words.stream()
                        .flatMap(word -> SensorParts.twoStates(word).stream())
                        .findFirst();
    }
}
