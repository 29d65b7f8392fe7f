package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.alicia.mqtt.topic.TopicName;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PolicyDiffTest {

    private static AccessPolicy acl(String name, String... lines) {
        return AclFile.parse(name, String.join("\n", lines)).policy();
    }

    private static List<String> changes(AccessPolicy before, AccessPolicy after) {
        return PolicyDiff.between(before, after).changes().stream()
                .map(PolicyDiff.Change::toString)
                .toList();
    }

    @Test
    void a_narrower_rule_loses_what_it_no_longer_covers_and_keeps_the_rest() {
        assertThat(changes(
                        acl("old.acl", "user app", "topic read alicia/#"),
                        acl("new.acl", "user app", "topic read alicia/sensors/#")))
                .containsExactly("app loses RECEIVE alicia/# except alicia/sensors/# (until now: old.acl:2 "
                        + "`topic read alicia/#`; now: no rule)");
    }

    @Test
    void a_deny_is_a_loss_and_names_the_rule_that_took_it() {
        assertThat(changes(
                        acl("old.acl", "user app", "topic alicia/#"),
                        acl("new.acl", "user app", "topic alicia/#", "topic deny alicia/lock")))
                .containsExactly(
                        "app loses PUBLISH alicia/lock (until now: old.acl:2 `topic readwrite alicia/#`; now: new.acl:3 "
                                + "`topic deny alicia/lock`)",
                        "app loses RECEIVE alicia/lock (until now: old.acl:2 `topic readwrite alicia/#`; now: new.acl:3 "
                                + "`topic deny alicia/lock`)");
    }

    @Test
    void a_rule_that_changed_place_or_words_without_effect_is_no_change() {
        AccessPolicy before = acl("old.acl", "user app", "topic read a/b", "topic read a/#", "user other", "topic x");
        AccessPolicy after = acl("new.acl", "user other", "topic readwrite x", "user app", "topic read a/#");

        assertThat(PolicyDiff.between(before, after).isEmpty()).isTrue();
    }

    @Test
    void patterns_change_everyone_and_stand_with_their_placeholder() {
        AccessPolicy before = acl("old.acl", "user app", "topic read x");
        AccessPolicy after = acl("new.acl", "user app", "topic read x", "pattern write logs/%c/#");

        assertThat(changes(before, after))
                .containsExactly(
                        "an anonymous client gains PUBLISH logs/%c/# (until now: no rule; now: new.acl:3 `pattern write "
                                + "logs/%c/#`)",
                        "app gains PUBLISH logs/%c/# (until now: no rule; now: new.acl:3 `pattern write logs/%c/#`)",
                        "%u gains PUBLISH logs/%c/# (until now: no rule; now: new.acl:3 `pattern write logs/%c/#`)");
    }

    @Test
    void the_first_rules_of_a_house_take_everything_else_away() {
        assertThat(changes(AccessPolicy.unrestricted(), acl("new.acl", "user app", "topic read alicia/#")))
                .contains(
                        "app loses RECEIVE # except alicia/# (until now: allowed without a rule; now: no rule)",
                        "an anonymous client loses PUBLISH # (until now: allowed without a rule; now: no rule)");
    }

    @Test
    void only_accounts_with_other_rules_are_affected() {
        AccessPolicy before = acl("old.acl", "user a", "topic x", "user b", "topic y");
        AccessPolicy after = acl("new.acl", "user a", "topic x", "user b", "topic z");

        PolicyDiff diff = PolicyDiff.between(before, after);

        assertThat(diff.affects("a")).isFalse();
        assertThat(diff.affects("b")).isTrue();
        assertThat(diff.affects(null)).isFalse();
    }

    /** An account of rooms and kinds: each room's filter overlaps each kind's. */
    private static List<String> roomsAndKinds(int each) {
        List<String> lines = new ArrayList<>(List.of("user a"));
        for (int i = 0; i < each; i++) {
            lines.add("topic read alicia/room" + i + "/+");
            lines.add("topic read alicia/+/kind" + i);
        }
        return lines;
    }

    private static AccessPolicy acl(String name, List<String> lines, String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return acl(name, all.toArray(new String[0]));
    }

    @Test
    void one_more_rule_is_found_among_many_that_overlap() {
        List<String> lines = roomsAndKinds(33);

        assertThat(changes(acl("old.acl", lines), acl("new.acl", lines, "topic write alicia/lock/command")))
                .containsExactly(
                        "a gains PUBLISH alicia/lock/command (until now: no rule; now: new.acl:68 `topic write "
                                + "alicia/lock/command`)");
        assertThat(changes(acl("old.acl", lines), acl("new.acl", lines, "topic deny alicia/room1/kind2")))
                .containsExactly(
                        "a loses RECEIVE alicia/room1/kind2 (until now: old.acl:4 `topic read alicia/room1/+`; "
                                + "now: new.acl:68 `topic deny alicia/room1/kind2`)");
    }

    @Test
    void rules_that_overlap_in_too_many_ways_are_named_and_never_called_no_change() {
        List<String> lines = roomsAndKinds(80);

        PolicyDiff diff = PolicyDiff.between(acl("old.acl", lines), acl("new.acl", lines, "topic write #"));

        assertThat(diff.changes()).isEmpty();
        assertThat(diff.isEmpty()).isFalse();
        assertThat(diff.unfinished())
                .hasToString("[a has other rules, but they overlap in too many ways to say who gains or loses which "
                        + "topics; gone: nothing; new: new.acl:162 `topic write #`]");
        assertThat(diff.unfinishedOf("a")).isPresent();
        assertThat(diff.unfinishedOf("b")).isEmpty();
        assertThat(diff).hasToString("0 gains, 0 losses, not compared: 1");
    }

    @Test
    void a_hundred_thousand_rules_of_one_account_are_compared_in_time() {
        List<String> lines = new ArrayList<>(List.of("user a"));
        List<String> others = new ArrayList<>(List.of("user a"));
        for (int i = 0; i < 100_000; i++) {
            lines.add("topic read alicia/x" + i);
            others.add("topic read alicia/y" + i);
        }
        AccessPolicy before = acl("old.acl", lines);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(changes(before, acl("new.acl", lines, "topic write alicia/lock/+")))
                    .hasSize(1);
            PolicyDiff all = PolicyDiff.between(before, acl("new.acl", others));
            assertThat(all.isEmpty()).isFalse();
            assertThat(all.unfinished().get(0).toString()).endsWith("and 99980 more, not shown");
        });
    }

    @Test
    void roles_are_compared_in_their_order() {
        AccessRule allow = AccessRule.ofRole(AccessRule.Kind.PUBLISH_CLIENT_SEND, true, "a/#", null, "r");
        AccessRule deny = AccessRule.ofRole(AccessRule.Kind.PUBLISH_CLIENT_SEND, false, "a/b", null, "r");
        AccessRule other = AccessRule.ofRole(AccessRule.Kind.PUBLISH_CLIENT_SEND, true, "c", null, "r");

        AccessPolicy before = AccessPolicy.ofRoles(Map.of("x", List.of(deny, other, allow)), List.of(), 0);
        AccessPolicy moved = AccessPolicy.ofRoles(Map.of("x", List.of(other, deny, allow)), List.of(), 0);
        AccessPolicy late = AccessPolicy.ofRoles(Map.of("x", List.of(allow, other, deny)), List.of(), 0);

        assertThat(changes(before, moved)).isEmpty();
        assertThat(changes(before, late))
                .containsExactly("x gains PUBLISH a/b (until now: `publishClientSend a/b deny` of role r; now: "
                        + "`publishClientSend a/# allow` of role r)");
    }

    @Test
    void a_client_that_a_rule_names_where_a_pattern_has_its_identifier_has_its_own_gains_and_losses() {
        AccessPolicy before = acl("old.acl", "user app", "topic read x", "pattern write dev/%c/#");
        AccessPolicy after =
                acl("new.acl", "user app", "topic read x", "topic deny dev/hall/#", "pattern write dev/%c/#");

        assertThat(changes(before, after))
                .containsExactly(
                        "app (client hall) loses PUBLISH dev/hall/# (until now: old.acl:3 `pattern write dev/%c/#`; "
                                + "now: new.acl:3 `topic deny dev/hall/#`)");
        assertThat(changes(after, before))
                .singleElement()
                .asString()
                .startsWith("app (client hall) gains PUBLISH dev/hall/#");
        assertThat(PolicyDiff.between(before, after).isEmpty()).isFalse();
        assertThat(PolicyDiff.between(before, after).changesOf("app", "hall")).hasSize(1);
        assertThat(PolicyDiff.between(before, after).changesOf("app", "kitchen"))
                .isEmpty();
    }

    @Test
    void a_client_without_an_account_has_its_own_gains_and_losses_as_well() {
        assertThat(changes(
                        acl("old.acl", "topic read x", "pattern write dev/%c/#"),
                        acl("new.acl", "topic read x", "topic deny dev/hall/#", "pattern write dev/%c/#")))
                .singleElement()
                .asString()
                .startsWith("an anonymous client (client hall) loses PUBLISH dev/hall/# (until");
    }

    @Test
    void a_loss_of_every_client_says_for_whom_it_is_none() {
        AccessPolicy keeps = acl("old.acl", "user app", "topic write dev/hall/#", "pattern write dev/%c/#");

        assertThat(changes(keeps, acl("new.acl", "user app", "topic write dev/hall/#")))
                .contains(
                        "app loses PUBLISH dev/%c/# except dev/hall/# (until now: old.acl:3 `pattern write dev/%c/#`; now: no "
                                + "rule)");
        assertThat(changes(keeps, acl("new.acl", "user app", "pattern write dev/%c/#")))
                .containsExactly(
                        "app loses PUBLISH dev/hall/# except dev/hall/# for client hall (until now: old.acl:2 `topic "
                                + "write dev/hall/#`; now: no rule)");
        PolicyDiff.Change change = PolicyDiff.between(keeps, acl("new.acl", "user app", "pattern write dev/%c/#"))
                .changes()
                .get(0);
        assertThat(change.concerns("kitchen")).isTrue();
        assertThat(change.concerns("hall")).isFalse();
    }

    @Test
    void a_part_of_a_level_a_slash_in_an_identifier_and_a_dangerous_one_are_seen() {
        AccessPolicy parts = acl("old.acl", "user app", "pattern write dev/esp-%c/state");
        assertThat(changes(
                        parts, acl("new.acl", "user app", "topic deny dev/esp-7/+", "pattern write dev/esp-%c/state")))
                .singleElement()
                .asString()
                .startsWith("app (client 7) loses PUBLISH dev/esp-7/state (until");

        AccessPolicy slashes = acl("old.acl", "user app", "pattern write dev/%c");
        assertThat(changes(slashes, acl("new.acl", "user app", "topic deny dev/+/lamp", "pattern write dev/%c")))
                .singleElement()
                .asString()
                .startsWith("app (client …/lamp) loses PUBLISH dev/…/lamp (until");

        AccessPolicy twice = acl("old.acl", "user app", "topic write dev/x", "pattern write dev/x");
        assertThat(changes(twice, acl("new.acl", "user app", "pattern write dev/x")))
                .containsExactly(
                        "app (client identifiers with + or #) loses PUBLISH dev/x (until now: old.acl:2 `topic write "
                                + "dev/x`; now: no rule)");
    }

    @Test
    void an_account_without_a_section_is_named_where_a_pattern_has_its_name() {
        AccessPolicy before = acl("old.acl", "user app", "topic x", "pattern write own/%u/#");
        AccessPolicy after =
                acl("new.acl", "user app", "topic x", "pattern write own/%u/#", "pattern deny own/guest/+");

        assertThat(changes(before, after))
                .containsExactly("guest loses PUBLISH own/guest/+ (until now: old.acl:3 `pattern write own/%u/#`; now: "
                        + "new.acl:4 `pattern deny own/guest/+`)");
    }

    @Test
    void the_letters_of_a_placeholder_in_a_topic_line_are_letters() {
        AccessPolicy literal = acl("old.acl", "user app", "topic write own/%c");

        assertThat(changes(literal, acl("new.acl", "user app", "pattern write own/%c")))
                .contains(
                        "app gains PUBLISH own/<client identifier> except own/%c (%c and %u as they stand) (until now: no rule; "
                                + "now: new.acl:2 `pattern write own/%c`)",
                        "app loses PUBLISH own/%c except own/%c for client %c (%c and %u as they stand) (until now: old.acl:2 "
                                + "`topic write own/%c`; now: no rule)");
        assertThat(changes(literal, acl("new.acl", "user app", "topic write own/%c", "topic read own/%u")))
                .singleElement()
                .asString()
                .startsWith("app gains RECEIVE own/%u (%c and");
        assertThat(changes(
                        acl("old.acl", "user app", "pattern write %c/#"),
                        acl("new.acl", "user app", "topic deny +/%c", "pattern write %c/#")))
                .contains("app loses PUBLISH <client identifier>/%c (%c and %u as they stand) (until now: "
                        + "old.acl:2 `pattern write %c/#`; now: new.acl:2 `topic deny +/%c`)");
    }

    @Test
    void a_change_within_what_stays_within_what_changes_is_told() {
        assertThat(changes(
                        acl("old.acl", "user app", "topic read #"),
                        acl("new.acl", "user app", "topic read a/#", "topic deny a/b/c")))
                .anyMatch(change -> change.startsWith("app loses RECEIVE # except a/# "))
                .anyMatch(change -> change.startsWith("app loses RECEIVE a/b/c "));
    }

    @Test
    void an_account_that_is_bound_to_a_client_is_compared_as_that_client() {
        AccessPolicy before = acl("old.acl", "user app", "pattern write dev/%c/#");
        AccessPolicy after = acl("new.acl", "user app", "topic write dev/hall/#", "pattern read x/%c");

        assertThat(PolicyDiff.between(
                                before,
                                after,
                                List.of(Account.withoutPassword("app").boundTo(List.of("hall"))))
                        .changesOf("app"))
                .singleElement()
                .asString()
                .startsWith("app (client hall) gains RECEIVE x/hall (until");
    }

    /** {@code a/#} is {@code a} as well: a rule that has one of both alone changes no more than that. */
    @Test
    void a_change_of_the_parent_or_of_what_is_below_it_is_no_change_of_both() {
        assertThat(changes("user x\ntopic read a\n", "user x\ntopic deny a/#\n"))
                .containsExactly(
                        "x loses RECEIVE a (until now: old.acl:2 `topic read a`; now: new.acl:2 `topic deny a/#`)");
        assertThat(changes("user x\ntopic read alicia/+\n", "user x\ntopic deny alicia/#\n"))
                .singleElement()
                .asString()
                .startsWith("x loses RECEIVE alicia/+ (");
        assertThat(changes("user x\ntopic read a/+\n", "user x\ntopic read a/#\n"))
                .singleElement()
                .asString()
                .startsWith("x gains RECEIVE a/# except a/+ (");
        assertThat(changes("user x\ntopic read a/#\n", "user x\ntopic read a/+/+\n"))
                .singleElement()
                .asString()
                .startsWith("x loses RECEIVE a/# except a/+/+ (");
        assertThat(changes("user x\ntopic deny a/+/+\ntopic read a/+/+", "user x\ntopic deny a/+/+\ntopic read a/#\n"))
                .singleElement()
                .asString()
                .startsWith("x gains RECEIVE a/# except a/+/+ (");
        assertThat(changes("user x\ntopic read +\n", "user x\ntopic read #\n"))
                .singleElement()
                .asString()
                .startsWith("x gains RECEIVE # except + (");
    }

    private static List<String> changes(String before, String after) {
        return PolicyDiff.between(acl("old.acl", before), acl("new.acl", after)).changes().stream()
                .map(PolicyDiff.Change::toString)
                .toList();
    }

    @Test
    void thousands_of_accounts_are_compared_in_seconds() {
        int accounts = Integer.getInteger("alicia.access.diff.accounts", 2_000);
        StringBuilder rules = new StringBuilder();
        for (int account = 0; account < accounts; account++) {
            rules.append("user account-").append(account).append('\n');
            for (int rule = 0; rule < 10; rule++) {
                rules.append("topic write house/" + account + "/" + rule + "/+/status\n");
            }
        }
        AccessPolicy before = acl("old.acl", rules + "pattern write house/%c/#\npattern read dev/%c/#\n");
        AccessPolicy after = acl("new.acl", rules + "pattern read dev/%c/#\npattern write own/%c/+\n");
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        long start = threads.getCurrentThreadCpuTime();
        List<PolicyDiff.Change> changes = PolicyDiff.between(before, after).changes();
        long nanos = threads.getCurrentThreadCpuTime() - start;

        System.out.println(accounts + " accounts with 10 rules each and another pattern compared in "
                + nanos / 1_000_000 + " ms of a processor");
        assertThat(changes).hasSize(2 * accounts + 4);
        assertThat(nanos).isLessThan(Duration.ofMillis(accounts).toNanos());
    }

    private static AccessPolicy without(String file, int line) {
        List<String> lines = new ArrayList<>(file.lines().toList());
        lines.remove(line);
        return acl("new.acl", lines);
    }

    @Test
    void every_topic_that_is_decided_differently_lies_in_a_change() {
        long seed = Long.getLong("alicia.access.diff.seed", 4_711L);
        SplittableRandom random = new SplittableRandom(seed);
        int different = 0;
        for (int round = 0; round < Integer.getInteger("alicia.access.diff.rounds", 150); round++) {
            PolicyGenerator generator = new PolicyGenerator(random.split());
            String file = generator.aclFile();
            AccessPolicy before = AclFile.parse("old.acl", file).policy();
            // Another file, or the same without one of its lines.
            String other = round % 2 == 0 ? generator.aclFile() : "";
            AccessPolicy after = round % 2 == 0
                    ? AclFile.parse("new.acl", other).policy()
                    : without(file, random.nextInt(file.lines().toList().size()));
            PolicyDiff diff = PolicyDiff.between(before, after);
            List<PolicyDiff.Change> changes = diff.changes();
            // Clients that are called like levels of the rules as well.
            for (PolicyGenerator.Client client : generator.clients(10)) {
                List<PolicyDiff.Change> ofClient = diff.changesOf(client.account(), client.clientIdentifier());
                for (String topic : generator.topics(30, List.of(client))) {
                    for (Access access : List.of(Access.PUBLISH, Access.RECEIVE)) {
                        boolean then = allowed(before, client, access, topic);
                        boolean now = allowed(after, client, access, topic);
                        String asked = "seed " + seed + ", round " + round + ": " + client + " " + access + " " + topic;
                        Supplier<String> what = () ->
                                String.join("\n", asked, changes.toString(), ofClient.toString(), file, "==", other);
                        boolean told = ofClient.stream()
                                .anyMatch(change -> change.access() == access
                                        && change.gained() == now
                                        && covers(change.topicFilter(), topic)
                                        && change.except().stream().noneMatch(gap -> covers(gap, topic)));
                        assertThat(told).as(what).isEqualTo(then != now);
                        if (then != now) {
                            different++;
                            assertThat(changes)
                                    .as(what)
                                    .anyMatch(change -> isOf(change, client, before, after)
                                            && tells(change, client, access, now, topic));
                        }
                    }
                }
            }
        }
        System.out.println(different + " differences between policies lie in a change, seed " + seed);
        assertThat(different).isPositive();
    }

    private static boolean allowed(AccessPolicy policy, PolicyGenerator.Client client, Access access, String topic) {
        return policy.decide(client.account(), client.clientIdentifier(), access, TopicName.of(topic))
                .allowed();
    }

    /** Whether the change is one of the client's account, or of all that have no section. */
    private static boolean isOf(
            PolicyDiff.Change change, PolicyGenerator.Client client, AccessPolicy before, AccessPolicy after) {
        String account = client.account();
        if (account == null
                || before.accounts().contains(account)
                || after.accounts().contains(account)) {
            return change.account().equals(Optional.ofNullable(account));
        }
        return change.account().isPresent();
    }

    private static boolean isOneLevel(String name) {
        return !name.contains("/") && !name.startsWith("$");
    }

    private static boolean tells(
            PolicyDiff.Change change, PolicyGenerator.Client client, Access access, boolean gained, String topic) {
        if (change.access() != access || change.gained() != gained) {
            return false;
        }
        String account = String.valueOf(client.account());
        String identifier = client.clientIdentifier();
        if (isOneLevel(account) && isOneLevel(identifier)) {
            String meant = change.clientIdentifier().orElse(identifier);
            boolean dangerous = identifier.contains("+") || identifier.contains("#");
            return (meant.equals(identifier) || (dangerous && meant.equals("+")))
                    && covers(filled(change, client, change.topicFilter()), topic)
                    && change.except().stream().noneMatch(gap -> covers(filled(change, client, gap), topic))
                    && change.exceptFor().getOrDefault(identifier, List.of()).stream()
                            .noneMatch(gap -> covers(gap, topic));
        }
        // Of names with slashes an account's changes tell that some gain or lose, and a client's own which topics.
        return true;
    }

    private static String filled(PolicyDiff.Change change, PolicyGenerator.Client client, String filter) {
        // In one go, as a client may be called %u; no pattern holds for a name with a wildcard.
        String identifier = client.clientIdentifier();
        String level = identifier.matches(".*[+#].*") ? "none" : identifier;
        return Pattern.compile(change.literal() ? "<(c)lient identifier>|<account>" : "%(c)|%u")
                .matcher(filter)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) == null ? String.valueOf(client.account()) : level));
    }

    private static boolean covers(String filter, String topic) {
        if (filter.equals("topics that do not end with /response")) {
            return !topic.endsWith("/response");
        }
        return Filters.covers(Filters.levels(filter), Filters.levels(topic));
    }
}
