package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.AliciaTopic;
import io.alicia.mqtt.topic.AliciaTopics;
import io.alicia.mqtt.topic.ServicePresence;
import io.alicia.mqtt.topic.VoiceExchange;
import io.alicia.mqtt.topic.VoiceSessionEvent;
import io.alicia.mqtt.topic.VoiceStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The house's topics as filters, and which of them somebody most likely meant. */
final class HouseTopics {

    static final String HOUSE = "alicia";

    /** All topics of the house, but for discovery. */
    static final List<String> EVERYTHING = List.of(HOUSE, "#");

    /** With + for what devices and services are called; what has fixed values is there with each of them. */
    static final List<List<String>> FILTERS = filters();

    static final List<String> AREAS = FILTERS.stream()
            .filter(levels -> levels.get(0).equals(HOUSE))
            .map(levels -> levels.get(1))
            .distinct()
            .sorted()
            .toList();

    /**
     * What sensors call their measurements: the contract's, and Home Assistant's usual device classes. A house may have
     * others; only what is almost one of these is taken for a slip, so short words are left out.
     */
    private static final Set<String> MEASUREMENTS = Set.of(
            "status",
            "temperature",
            "temperature_celsius",
            "humidity",
            "humidity_percent",
            "battery",
            "battery_level",
            "pressure",
            "atmospheric_pressure",
            "illuminance",
            "brightness",
            "moisture",
            "carbon_dioxide",
            "carbon_monoxide",
            "current",
            "voltage",
            "energy",
            "frequency",
            "power_factor",
            "precipitation",
            "precipitation_intensity",
            "wind_speed",
            "distance",
            "motion",
            "occupancy",
            "presence",
            "vibration",
            "signal_strength",
            "location");

    private HouseTopics() {}

    /**
     * What was meant.
     *
     * @param filter as the house has it
     * @param firstWrong the index of the first level that is not
     */
    record Meant(String filter, int firstWrong) {}

    private static List<List<String>> filters() {
        List<List<String>> all = new ArrayList<>();
        for (AliciaTopic<?> topic : AliciaTopics.all()) {
            if (topic.equals(AliciaTopics.VOICE_STAGE)) {
                for (VoiceStage stage : VoiceStage.values()) {
                    for (VoiceExchange.Part part : VoiceExchange.Part.values()) {
                        all.add(levelsOf(AliciaTopics.VOICE_STAGE, new VoiceExchange(stage, part)));
                    }
                }
            } else if (topic.equals(AliciaTopics.VOICE_SESSION)) {
                Stream.of(VoiceSessionEvent.values())
                        .forEach(event -> all.add(levelsOf(AliciaTopics.VOICE_SESSION, event)));
            } else if (topic.equals(AliciaTopics.SERVICE_PRESENCE)) {
                Stream.of(ServicePresence.values())
                        .forEach(presence -> all.add(levelsOf(AliciaTopics.SERVICE_PRESENCE, presence)));
            } else {
                all.add(Filters.levels(topic.template().filter().value()));
            }
        }
        return List.copyOf(all);
    }

    private static <T> List<String> levelsOf(AliciaTopic<T> topic, T value) {
        return Filters.levels(topic.template().name(value).value());
    }

    /** Whether the filter can match a topic of the house, whatever stands in the place of %c and %u. */
    static boolean isKnown(List<String> levels) {
        List<String> open = new ArrayList<>();
        for (String level : levels) {
            open.add(level.contains("%") ? "+" : level);
        }
        return FILTERS.stream().anyMatch(topic -> Filters.overlap(topic, open));
    }

    /** The house's filter that is a slip or two away from one that matches no topic of it. */
    static Optional<Meant> nearest(List<String> levels) {
        if (isKnown(levels)) {
            return measurement(levels);
        }
        Optional<Meant> meant = spelt(levels);
        boolean area = meant.isEmpty() && levels.size() == 2 && !isOpen(levels.get(1));
        // An area by itself is no topic: what was meant is all of it.
        return area ? spelt(List.of(levels.get(0), levels.get(1), "#")) : meant;
    }

    private static Optional<Meant> spelt(List<String> asked) {
        Meant best = null;
        int fewest = Integer.MAX_VALUE;
        for (List<String> topic : FILTERS) {
            int slips = slips(asked, topic);
            if (slips > 0 && slips < fewest) {
                fewest = slips;
                best = spelt(asked, topic);
            }
        }
        return Optional.ofNullable(best);
    }

    /** The measurement is any word, so that one that is almost a known one is not seen otherwise. */
    private static Optional<Meant> measurement(List<String> levels) {
        boolean ofSensor = levels.size() == 4
                && levels.get(0).equals(HOUSE)
                && levels.get(1).equals("sensors")
                && !isOpen(levels.get(3));
        if (!ofSensor || MEASUREMENTS.contains(levels.get(3))) {
            return Optional.empty();
        }
        String written = levels.get(3);
        // "temperature2" and "temperatures" are names that somebody chose.
        boolean chosen = written.chars().anyMatch(Character::isDigit)
                || MEASUREMENTS.stream().anyMatch(known -> written.equals(known + "s"));
        return chosen
                ? Optional.empty()
                : Spelling.nearest(written, MEASUREMENTS)
                        .map(known -> new Meant(String.join("/", with(levels, 3, known)), 3));
    }

    private static boolean isOpen(String level) {
        return level.equals("+") || level.equals("#") || level.contains("%");
    }

    /** How many slips the filter is away from the topic; 0 if it is the topic's, negative if it is another. */
    private static int slips(List<String> levels, List<String> topic) {
        int fixed = fixedLevels(levels, topic);
        int slips = 0;
        int misspelt = 0;
        for (int i = 0; i < fixed; i++) {
            String level = levels.get(i);
            if (!isOpen(level) && !topic.get(i).equals("+")) {
                int here = Spelling.slips(level, topic.get(i));
                if (Spelling.isNever(here)) {
                    return -1;
                }
                slips += here;
                misspelt += here > 1 ? 1 : 0;
            }
        }
        return fixed < 0 || misspelt > 2 ? -1 : slips;
    }

    /** How many levels of both stand side by side; negative if they do not have as many. */
    private static int fixedLevels(List<String> levels, List<String> topic) {
        boolean goesOn = levels.get(levels.size() - 1).equals("#");
        int fixed = goesOn ? levels.size() - 1 : levels.size();
        return (goesOn ? topic.size() >= fixed : topic.size() == fixed) ? fixed : -1;
    }

    private static Meant spelt(List<String> levels, List<String> topic) {
        List<String> spelt = new ArrayList<>(levels);
        int firstWrong = -1;
        int fixed = fixedLevels(levels, topic);
        for (int i = 0; i < fixed; i++) {
            String known = topic.get(i);
            if (!isOpen(levels.get(i)) && !known.equals("+") && !known.equals(levels.get(i))) {
                spelt.set(i, known);
                firstWrong = firstWrong < 0 ? i : firstWrong;
            }
        }
        return new Meant(String.join("/", spelt), Math.max(firstWrong, 0));
    }

    static List<String> with(List<String> levels, int at, String level) {
        List<String> changed = new ArrayList<>(levels);
        changed.set(at, level);
        return changed;
    }
}
