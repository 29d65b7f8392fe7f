package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.AliciaTopics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about topics that look like the house's, but are spelt otherwise. Topics of one's own are nobody's mistake. */
final class HouseTopicChecks {

    private static final String HOUSE = "alicia";
    /** All topics of the house, but for discovery. */
    static final List<String> EVERYTHING = List.of(HOUSE, "#");

    private static final List<List<String>> TEMPLATES = AliciaTopics.all().stream()
            .map(topic -> Filters.levels(topic.template().filter().value()))
            .toList();
    private static final List<String> ROOTS = levels(0);
    private static final List<String> AREAS = levels(1);

    private final AclOutline acl;
    private final Findings findings;

    HouseTopicChecks(AclOutline acl, Findings findings) {
        this.acl = acl;
        this.findings = findings;
    }

    private static List<String> levels(int at) {
        return TEMPLATES.stream()
                .filter(levels -> at == 0 || levels.get(0).equals(HOUSE))
                .map(levels -> levels.get(at))
                .distinct()
                .sorted()
                .toList();
    }

    void run() {
        // A house that has none of these topics is somebody else's, and its words are its own.
        boolean house =
                acl.rules().stream().anyMatch(placed -> placed.rule().filter().startsWith(HOUSE + "/"));
        if (house) {
            acl.rules().forEach(this::check);
        }
    }

    private void check(AclOutline.Placed placed) {
        if (placed.rule().filter().startsWith("\"") || placed.rule().filter().startsWith("'")) {
            // What is wrong is that it is quoted.
            return;
        }
        List<String> levels = Filters.levels(placed.rule().filter());
        Optional<String> meant = misspelt(levels.get(0), ROOTS).map(root -> with(levels, 0, root));
        if (meant.isEmpty() && levels.size() > 1 && levels.get(0).equals(HOUSE)) {
            meant = misspelt(levels.get(1), AREAS).map(area -> with(levels, 1, area));
        }
        if (meant.isEmpty()) {
            meant = incomplete(levels);
        }
        meant.ifPresent(filter -> findings.warning(
                "misspelt-topic",
                placed.line(),
                "matches no topic of the house: " + Words.shown(placed.rule().filter()),
                Words.shown(filter),
                "`" + placed.rule().kind().word() + " "
                        + placed.rule().permission().word() + " " + Words.shown(filter) + "`"));
    }

    private static Optional<String> misspelt(String level, List<String> known) {
        boolean wild = level.isEmpty() || level.startsWith("+") || level.startsWith("#") || level.contains("%");
        return wild || known.contains(level)
                ? Optional.empty()
                : known.stream().filter(word -> Spelling.areClose(word, level)).findFirst();
    }

    /** What a filter lacks that ends at an area, or that leaves the device out: {@code alicia/devices/command}. */
    private static Optional<String> incomplete(List<String> levels) {
        if (levels.size() < 2
                || levels.size() > 3
                || !levels.get(0).equals(HOUSE)
                || !AREAS.contains(levels.get(1))
                || TEMPLATES.stream().anyMatch(topic -> Filters.overlap(topic, levels))) {
            return Optional.empty();
        }
        if (levels.size() == 2) {
            return Optional.of(String.join("/", levels) + "/#");
        }
        List<String> ofAnyDevice = List.of(HOUSE, levels.get(1), "+", levels.get(2));
        return TEMPLATES.contains(ofAnyDevice) ? Optional.of(String.join("/", ofAnyDevice)) : Optional.empty();
    }

    private static String with(List<String> levels, int at, String level) {
        return String.join(
                "/",
                Stream.concat(
                                Stream.concat(levels.subList(0, at).stream(), Stream.of(level)),
                                levels.subList(at + 1, levels.size()).stream())
                        .toList());
    }
}
