package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An ACL file as far as it can be read: every line that is fine, and why each other one is not. */
final class AclOutline {

    private final String inAdvice;
    private final List<TextFile.Line> text;
    private final List<AccessFileException> refusals = new ArrayList<>();
    private final List<PlacedRule> rules = new ArrayList<>();
    private final List<PlacedRule> anonymous = new ArrayList<>();
    private final List<PlacedRule> patterns = new ArrayList<>();
    private final Map<String, List<PlacedRule>> topicRules = new HashMap<>();
    private final Map<String, List<Integer>> sections = new LinkedHashMap<>();
    private final Set<@Nullable String> damaged = new HashSet<>();
    private int lastGrantLine;
    private int lastInSections;

    AclOutline(String name, String text) {
        this(name, text, name);
    }

    private AclOutline(String name, String text, String inAdvice) {
        this.inAdvice = inAdvice;
        this.text = TextFile.lines(text);
        String section = null;
        for (TextFile.Line line : this.text) {
            try {
                AclLine read = AclLine.parse(name, line);
                if (read.user() != null) {
                    section = read.user();
                    begin(section, line.number());
                } else if (read.rule() != null) {
                    add(new PlacedRule(
                            read.rule(), line.number(), columnOf(read.rule().filter(), line.text()), section));
                }
            } catch (AccessFileException e) {
                refusals.add(e);
                String meant = RefusedLineAdvice.accountOrNull(line.text());
                if (meant != null) {
                    // What follows was written for this account, not for the one before.
                    section = meant;
                    begin(section, line.number());
                }
                damaged.add(section);
            }
        }
    }

    private void begin(String account, int line) {
        lastInSections = line;
        sections.computeIfAbsent(account, absent -> new ArrayList<>()).add(line);
    }

    private void add(PlacedRule placed) {
        rules.add(placed);
        if (placed.rule().kind() != AccessRule.Kind.PATTERN) {
            lastInSections = placed.line();
        }
        if (placed.rule().permission() != AccessRule.Permission.DENY
                && placed.rule().kind() != AccessRule.Kind.PATTERN) {
            lastGrantLine = placed.line();
        }
        if (placed.rule().kind() == AccessRule.Kind.PATTERN) {
            patterns.add(placed);
        } else if (placed.section() == null) {
            anonymous.add(placed);
        } else {
            topicRules
                    .computeIfAbsent(placed.section(), account -> new ArrayList<>())
                    .add(placed);
        }
    }

    /** What was read, whatever it was read from. */
    static AclOutline of(AccessText text) {
        return new AclOutline(text.name(), text.text(), text.file().isPresent() ? text.name() : "the ACL file");
    }

    /** The file for who has to change it; the name of a pipe would not lead there. */
    String inAdvice() {
        return inAdvice;
    }

    List<AccessFileException> refusals() {
        return refusals;
    }

    List<PlacedRule> rules() {
        return rules;
    }

    /** The rules that hold for {@code section} alone, in their order; null for anonymous clients. */
    List<PlacedRule> topicRulesOf(@Nullable String section) {
        return section == null ? anonymous : topicRules.getOrDefault(section, List.of());
    }

    /** The rules that hold for every client. */
    List<PlacedRule> patterns() {
        return patterns;
    }

    /** What the readable lines say. */
    AccessPolicy policy() {
        Map<String, List<AccessRule>> accounts = new LinkedHashMap<>();
        sections.keySet().forEach(account -> accounts.put(account, rulesOf(topicRulesOf(account))));
        return AccessPolicy.of(accounts, rulesOf(anonymous), rulesOf(patterns));
    }

    private static List<AccessRule> rulesOf(List<PlacedRule> placed) {
        return placed.stream().map(PlacedRule::rule).toList();
    }

    /** The accounts that have a section, and the lines where one begins. */
    Map<String, List<Integer>> sections() {
        return sections;
    }

    /** Whether a line of the section of {@code account} cannot be read. */
    boolean isDamaged(String account) {
        return damaged.contains(account);
    }

    /** Where the name of {@code account} stands in the line that begins its section. */
    Place placeOf(String account, int line) {
        return new Place(line, columnOf(account, line(line)));
    }

    /** What a line ends with, but for blanks, stands last in it; 0 if it does not stand there as such. */
    private static int columnOf(String end, String line) {
        return line.lastIndexOf(end) + 1;
    }

    String line(int number) {
        return text.get(number - 1).text();
    }

    /** Whether no rule but denies and patterns follows {@code placed} in the file. */
    boolean isLastButDenies(PlacedRule placed) {
        return placed.line() > lastGrantLine;
    }

    /** Whether {@code placed} stands among the patterns at the end of the file, parted from the last section. */
    boolean isBehindSections(PlacedRule placed) {
        return placed.line() > lastInSections + 1
                && (line(lastInSections + 1).isBlank()
                        || line(lastInSections + 1).startsWith("#"));
    }
}
