package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom the rules of an ACL file give or take topics, as far as a reader follows it. */
final class AclReach {

    private static final int MOST_NAMED = 5;

    private final AclOutline acl;

    AclReach(AclOutline acl) {
        this.acl = acl;
    }

    static boolean grants(PlacedRule placed, List<String> topics) {
        return placed.rule().permission() != Permission.DENY
                && Filters.overlap(topics, Filters.levels(placed.rule().filter()));
    }

    static boolean denies(PlacedRule placed, List<String> topics) {
        return placed.rule().permission() == Permission.DENY && Filters.overlap(topics, substitutable(placed.rule()));
    }

    static String listed(List<String> accounts) {
        int more = accounts.size() - MOST_NAMED;
        return accounts.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** How to deny it to those whom the deny does not reach; {@code nobody} if there are none. */
    String forThoseWhoKeepIt(PlacedRule deny, @Nullable String account, String nobody) {
        String filter = Words.shown(deny.rule().filter());
        List<String> keep = whoKeeps(deny, account).stream().map(Words::shown).toList();
        Stream<String> sections = keep.isEmpty()
                ? Stream.empty()
                : Stream.of("`topic deny " + filter + "` in the section of " + listed(keep) + ", which grant"
                        + (keep.size() == 1 ? "s" : "") + " such topics, or narrower grants there");
        Stream<String> pattern = keepingPattern(deny, account).stream()
                .map(grant -> "`pattern deny " + filter + "`, as line " + grant.line() + " `"
                        + Words.shown(grant.rule().line()) + "` grants such topics"
                        + (grant.rule().filter().contains("%u") ? "" : " to every account"));
        String write = Stream.concat(sections, pattern).collect(Collectors.joining("; and "));
        return write.isEmpty() ? nobody : write;
    }

    /**
     * The accounts but {@code account} that their section gives more than the denied topics, and them with it: to them a
     * deny would matter. Who has a part of the denied topics has it on purpose, and who denies them is not meant; neither
     * is a deny of everything, which reads like a default.
     */
    List<String> whoKeeps(PlacedRule deny, @Nullable String account) {
        List<String> denied = substitutable(deny.rule());
        return whoMayKeep(denied, account).stream()
                .filter(other -> acl.topicRulesOf(other).stream().anyMatch(placed -> keeps(placed, denied, other)))
                .toList();
    }

    /** The first pattern that gives other accounts more than the denied topics, and them with it. */
    Optional<PlacedRule> keepingPattern(PlacedRule deny, @Nullable String account) {
        List<String> denied = substitutable(deny.rule());
        if (acl.patterns().stream().anyMatch(placed -> deniesAll(placed, denied))) {
            return Optional.empty();
        }
        List<String> others = whoMayKeep(denied, account);
        return acl.patterns().stream()
                .filter(placed -> others.stream().anyMatch(other -> keeps(placed, denied, other)))
                .findFirst();
    }

    /** The accounts but {@code account} that do not deny these topics themselves; none for a deny of everything. */
    List<String> whoMayKeep(List<String> denied, @Nullable String account) {
        if (Filters.covers(denied, HouseTopics.EVERYTHING) || acl.rules().size() > AclSectionChecks.MOST_COMPARED) {
            return List.of();
        }
        return acl.sections().keySet().stream()
                .filter(other -> !other.equals(account)
                        && acl.topicRulesOf(other).stream().noneMatch(placed -> deniesAll(placed, denied)))
                .toList();
    }

    static boolean deniesAll(PlacedRule placed, List<String> denied) {
        return placed.rule().permission() == Permission.DENY
                && Filters.covers(Filters.levels(placed.rule().filter()), denied);
    }

    static boolean keeps(PlacedRule placed, List<String> denied, String account) {
        List<String> granted = substitutable(placed.rule(), account);
        return placed.rule().permission() != Permission.DENY
                && Filters.overlap(denied, granted)
                && !Filters.covers(denied, granted);
    }

    /** A pattern may grant what the section denies: the section is asked first. */
    boolean takesAnything(List<String> denied, List<PlacedRule> rules, @Nullable String account) {
        return Stream.concat(rules.stream(), acl.patterns().stream())
                .filter(placed -> placed.rule().permission() != Permission.DENY)
                .anyMatch(placed -> Filters.overlap(denied, substitutable(placed.rule(), account)));
    }

    /** The filter with everything from the first placeholder on open: a name may have levels of its own. */
    static List<String> substitutable(AccessRule rule) {
        return substitutable(rule, null);
    }

    /** The filter with {@code account} for %u if one is known, and everything from the next placeholder on open. */
    static List<String> substitutable(AccessRule rule, @Nullable String account) {
        boolean pattern = rule.kind() == AccessRule.Kind.PATTERN;
        String filter = pattern && account != null
                // A wildcard in a name is none in the filter: no pattern holds for such a client.
                ? rule.filter().replace("%u", account.replaceAll("[+#]", "\u2026"))
                : rule.filter();
        List<String> levels = new ArrayList<>();
        for (String level : Filters.levels(filter)) {
            if (pattern && (level.contains("%c") || level.contains("%u"))) {
                levels.add("#");
                return levels;
            }
            levels.add(level);
        }
        return levels;
    }
}
