package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.AliciaTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about topics that look like the house's, but are spelt otherwise. Topics of one's own are nobody's mistake. */
final class HouseTopicChecks {

    private static final String HOUSE = "alicia";
    private static final int MOST_SIMILAR = 4;

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
        String written = placed.rule().filter();
        if (written.startsWith("\"") || written.startsWith("'") || written.indexOf(' ') >= 0) {
            // What is wrong is that it is quoted, or that a comment follows it.
            return;
        }
        List<String> levels = Filters.levels(placed.rule().filter());
        Optional<String> meant = misspelt(levels.get(0), ROOTS).map(root -> with(levels, 0, root));
        if (meant.isEmpty() && levels.size() > 1 && levels.get(0).equals(HOUSE)) {
            meant = misspelt(levels.get(1), AREAS).map(area -> with(levels, 1, area));
        }
        if (meant.isEmpty()) {
            meant = incomplete(levels).or(() -> misspeltWithin(levels));
        }
        if (meant.isEmpty()) {
            deviceCalledLikeALevel(placed, levels);
            unknownToTheHouse(placed, levels);
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

    /** The house's filter that is one level's spelling away: {@code alicia/devices/+/commands}. */
    private static Optional<String> misspeltWithin(List<String> levels) {
        if (isKnown(levels)) {
            return Optional.empty();
        }
        for (List<String> template : TEMPLATES) {
            for (int i = 2; i < Math.min(levels.size(), template.size()); i++) {
                List<String> spelt = Filters.levels(with(levels, i, template.get(i)));
                if (Spelling.areClose(template.get(i), levels.get(i)) && Filters.overlap(spelt, template)) {
                    return Optional.of(String.join("/", spelt));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the filter can match a topic of the house, whatever stands in the place of %c and %u. */
    private static boolean isKnown(List<String> levels) {
        List<String> open = new ArrayList<>();
        for (String level : levels) {
            open.add(level.contains("%") ? "+" : level);
        }
        return TEMPLATES.stream().anyMatch(topic -> Filters.overlap(topic, open));
    }

    /**
     * {@code alicia/devices/command/+}: who takes the device out of the wrong level of {@code alicia/devices/+/command} acts
     * on a device called "command".
     */
    private void deviceCalledLikeALevel(AclOutline.Placed placed, List<String> levels) {
        if (levels.size() < 4 || TEMPLATES.contains(levels)) {
            return;
        }
        String name = levels.get(2);
        List<String> meant = List.of(levels.get(0), levels.get(1), "+", name);
        if (levels.get(0).equals(HOUSE) && !name.equals("+") && TEMPLATES.contains(meant)) {
            findings.warning(
                    "swapped-levels",
                    placed.line(),
                    Words.shown(placed.rule().filter()) + " is about a device called \"" + Words.shown(name)
                            + "\": the house's topics have the device before that word",
                    String.join("/", meant),
                    "`" + placed.rule().kind().word() + " "
                            + placed.rule().permission().word() + " " + String.join("/", meant) + "`");
        }
    }

    /** Below the house's own areas; a single level there is most likely a topic of one's own. */
    private void unknownToTheHouse(AclOutline.Placed placed, List<String> levels) {
        boolean inHouse = levels.size() > 1 && levels.get(0).equals(HOUSE) && AREAS.contains(levels.get(1));
        boolean discovery = levels.get(0).equals("homeassistant") && levels.size() > 2;
        boolean own = levels.size() == 3 && !levels.get(2).equals("+");
        if ((discovery || (inHouse && !own)) && !isKnown(levels)) {
            findings.note(
                    "no-house-topic",
                    placed.line(),
                    "matches no topic of the house: "
                            + Words.shown(placed.rule().filter()),
                    "a topic of your own, or one of the house's with as many levels: "
                            + similar(levels).map(Words::shown).orElse("see the table of the house's topics"),
                    "the same, if the topic is your own");
        }
    }

    /** What the house has that begins alike. */
    private static Optional<String> similar(List<String> levels) {
        List<String> alike = TEMPLATES.stream()
                .filter(topic -> topic.size() >= levels.size()
                        && topic.get(0).equals(levels.get(0))
                        && (topic.get(1).equals(levels.get(1)) || topic.get(0).equals("homeassistant")))
                .map(topic -> String.join("/", topic))
                .distinct()
                .sorted()
                .limit(MOST_SIMILAR)
                .toList();
        return alike.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", alike));
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
