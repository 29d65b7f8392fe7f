package io.alicia.mqtt.access;

import io.alicia.mqtt.access.HouseTopics.Meant;
import java.util.List;
import java.util.Optional;

/** Rules about topics that look like the house's, but are spelt otherwise. Topics of one's own are nobody's mistake. */
final class HouseTopicChecks {

    private static final int MOST_SIMILAR = 4;

    private final List<PlacedRule> rules;
    private final Findings findings;

    HouseTopicChecks(List<PlacedRule> rules, Findings findings) {
        this.rules = rules;
        this.findings = findings;
    }

    void run() {
        // A house that has none of these topics is somebody else's, and its words are its own.
        boolean house = rules.stream()
                .anyMatch(placed -> isOfHouse(Filters.levels(placed.rule().filter())));
        if (house) {
            rules.forEach(this::check);
        }
    }

    private static boolean isOfHouse(List<String> levels) {
        return levels.size() > 1
                && (levels.get(0).equalsIgnoreCase(HouseTopics.HOUSE)
                        || (!Spelling.isNever(Spelling.slips(levels.get(0), HouseTopics.HOUSE))
                                && HouseTopics.nearest(levels).isPresent()));
    }

    private void check(PlacedRule placed) {
        String written = placed.rule().filter();
        if (written.startsWith("\"") || written.startsWith("'") || written.indexOf(' ') >= 0) {
            // What is wrong is that it is quoted, or that a comment follows it.
            return;
        }
        List<String> levels = Filters.levels(written);
        Optional<Meant> meant = meant(levels);
        if (meant.isEmpty()) {
            deviceCalledLikeALevel(placed, levels);
            unknownToTheHouse(placed, levels);
        }
        meant.ifPresent(spelt -> misspelt(placed, levels, spelt));
    }

    /** The house's filter that was meant by one that is no filter of the house. */
    static Optional<Meant> meant(List<String> levels) {
        return incomplete(levels).or(() -> HouseTopics.nearest(levels));
    }

    private void misspelt(PlacedRule placed, List<String> levels, Meant meant) {
        String written = placed.rule().filter();
        String wrong = levels.get(meant.firstWrong());
        String today = HouseTopics.isKnown(levels)
                ? "matches only what sensors publish as \"" + Words.shown(wrong) + "\""
                : meant.filter().equalsIgnoreCase(written)
                        ? "matches no topic of the house, where small letters and capitals are not the same: "
                                + Words.shown(written)
                        : "matches no topic of the house: " + Words.shown(written);
        int before = levels.stream()
                .limit(meant.firstWrong())
                .mapToInt(level -> level.length() + 1)
                .sum();
        findings.warning(
                "misspelt-topic",
                placed.within(before),
                today,
                Words.shown(meant.filter()),
                "`" + Words.shown(placed.rule().line(meant.filter())) + "`");
    }

    /** What a filter lacks that ends at an area, or that leaves the device out: {@code alicia/devices/command}. */
    private static Optional<Meant> incomplete(List<String> levels) {
        if (levels.size() < 2
                || levels.size() > 3
                || !levels.get(0).equals(HouseTopics.HOUSE)
                || !HouseTopics.AREAS.contains(levels.get(1))
                || HouseTopics.FILTERS.stream().anyMatch(topic -> Filters.overlap(topic, levels))) {
            return Optional.empty();
        }
        if (levels.size() == 2) {
            return Optional.of(new Meant(String.join("/", levels) + "/#", 1));
        }
        List<String> ofAnyDevice = List.of(HouseTopics.HOUSE, levels.get(1), "+", levels.get(2));
        return HouseTopics.FILTERS.contains(ofAnyDevice)
                ? Optional.of(new Meant(String.join("/", ofAnyDevice), 2))
                : Optional.empty();
    }

    /**
     * {@code alicia/devices/command/+}: who takes the device out of the wrong level of {@code alicia/devices/+/command} acts
     * on a device called "command".
     */
    private void deviceCalledLikeALevel(PlacedRule placed, List<String> levels) {
        if (levels.size() < 4 || HouseTopics.FILTERS.contains(levels)) {
            return;
        }
        String name = levels.get(2);
        List<String> meant = List.of(levels.get(0), levels.get(1), "+", name);
        if (levels.get(0).equals(HouseTopics.HOUSE) && !name.equals("+") && HouseTopics.FILTERS.contains(meant)) {
            findings.warning(
                    "swapped-levels",
                    placed.within(levels.get(0).length() + levels.get(1).length() + 2),
                    Words.shown(placed.rule().filter()) + " is about a device called \"" + Words.shown(name)
                            + "\": the house's topics have the device before that word",
                    String.join("/", meant),
                    "`" + placed.rule().line(String.join("/", meant)) + "`");
        }
    }

    /** Below the house's own areas; a single level there is most likely a topic of one's own. */
    private void unknownToTheHouse(PlacedRule placed, List<String> levels) {
        boolean inHouse = levels.size() > 1
                && levels.get(0).equals(HouseTopics.HOUSE)
                && HouseTopics.AREAS.contains(levels.get(1));
        boolean discovery = levels.get(0).equals("homeassistant") && levels.size() > 2;
        boolean own = levels.size() == 3 && !levels.get(2).equals("+");
        if ((discovery || (inHouse && !own)) && !HouseTopics.isKnown(levels)) {
            findings.note(
                    "no-house-topic",
                    placed.place(),
                    "matches no topic of the house: "
                            + Words.shown(placed.rule().filter()),
                    "a topic of your own, or one of the house's with as many levels: "
                            + similar(levels).map(Words::shown).orElse("see the table of the house's topics"),
                    "the same, if the topic is your own");
        }
    }

    /** What the house has that begins alike. */
    private static Optional<String> similar(List<String> levels) {
        List<String> alike = HouseTopics.FILTERS.stream()
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
}
