package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import io.alicia.mqtt.access.AccessRule.Permission;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with single lines of an ACL file, whatever stands around them. */
final class AclLineChecks {

    /** What other brokers take for every account, and Mosquitto for the name of one. */
    private static final Set<String> EVERYBODY =
            Set.of("*", "#", "+", "all", "any", "anyone", "anonymous", "everyone", "everybody", "default", "$all");

    /** As other brokers and templates write them. */
    private static final Pattern FOREIGN_PLACEHOLDER =
            Pattern.compile("\\$?\\{[^/{}]+}|<[^/<>]+>|\\[[^/\\[\\]]+]|%\\([^/()]+\\)|%[CUdi](?![A-Za-z])"
                    + "|%(?:client|clientid|client_id|user|username|device|deviceid|device_id|id|name)(?![a-z_])%?");

    private final AclOutline acl;
    private final Findings findings;

    AclLineChecks(AclOutline acl, Findings findings) {
        this.acl = acl;
        this.findings = findings;
    }

    void run() {
        acl.refusals().forEach(this::refused);
        acl.sections().forEach((account, lines) -> lines.forEach(line -> userLine(account, line)));
        acl.rules().forEach(this::rule);
    }

    private void refused(AccessFileException refusal) {
        RefusedLineAdvice advice = RefusedLineAdvice.of(acl.line(refusal.line()));
        findings.error(
                advice.kind(),
                refusal,
                "Mosquitto refuses the whole file for this line: " + refusal.problem(),
                advice.meant(),
                advice.write());
    }

    private void userLine(String account, int line) {
        String shown = Words.shown(account);
        int comment = commentIn(account);
        if (comment > 0) {
            String name = Words.shown(withoutComment(account));
            findings.error(
                    "comment-behind-rule",
                    line,
                    "the section holds for an account called \"" + shown + "\": the comment is part of the name",
                    "the account \"" + name + "\" and a comment",
                    "`user " + name + "`, and the comment on a line of its own");
        } else if (EVERYBODY.contains(account.toLowerCase(Locale.ROOT))) {
            findings.warning(
                    "no-such-wildcard",
                    line,
                    "the section holds for an account called \"" + shown + "\", not for everybody",
                    "rules for every account, or for clients without one",
                    "the rules in the section of each account; for clients without an account above the first `user` line");
        } else if (account.indexOf('+') >= 0 || account.indexOf('#') >= 0) {
            findings.warning(
                    "dangerous-account-name",
                    line,
                    "pattern rules never hold for this account, because its name contains + or #",
                    "an account like any other",
                    "a name without + and #");
        } else if (InvisibleCharacters.in(account)) {
            findings.warning(
                    "invisible-character",
                    line,
                    "the name of the account contains a character that cannot be seen: "
                            + InvisibleCharacters.shown(account),
                    "the name without it",
                    "`user " + Words.shown(InvisibleCharacters.without(account)) + "`");
        } else if (account.matches("[:=].*|.*[,;].*|\".*\"|'.*'|.*:")) {
            findings.warning(
                    "odd-account-name",
                    line,
                    "the section holds for one account called \"" + shown + "\", punctuation included",
                    account.matches(".*[,;].*") ? "a section for several accounts" : "the name without it",
                    account.matches(".*[,;].*")
                            ? "a section for each account, each with its rules"
                            : "`user " + Words.shown(account.replaceAll("^[:=\"']\\s*|[:\"']$", "")) + "`");
        }
    }

    /** The name that was meant, where Mosquitto takes a comment for a part of it. */
    static String withoutComment(String account) {
        int comment = commentIn(account);
        return comment > 0 ? account.substring(0, comment).strip() : account;
    }

    /** Where a comment begins in what Mosquitto takes for a name; -1 if none does. */
    private static int commentIn(String account) {
        int best = -1;
        for (String mark : List.of(" #", "\t#", " //", " ;")) {
            int at = account.indexOf(mark);
            best = at > 0 && (best < 0 || at < best) ? at : best;
        }
        return best;
    }

    private void rule(AclOutline.Placed placed) {
        AccessRule rule = placed.rule();
        String filter = rule.filter();
        int line = placed.line();
        if (FOREIGN_PLACEHOLDER.matcher(filter).find()) {
            placeholders(rule, line);
        } else if (rule.kind() == Kind.PATTERN) {
            pattern(placed);
        } else if (filter.contains("%c") || filter.contains("%u")) {
            findings.warning(
                    "placeholder-in-topic",
                    line,
                    "%c and %u are two ordinary characters in a topic rule: it matches the level \"%c\" itself",
                    "the client's own identifier or account",
                    "`pattern " + rule.permission().word() + " " + Words.shown(filter)
                            + "`; it then holds for every account");
        }
        if (isLoneAccessWord(filter, acl.line(line))) {
            findings.error(
                    "missing-filter",
                    line,
                    "grants reading and writing the topic \"" + filter + "\": the only word is taken for the filter",
                    "a topic filter behind the access word",
                    "`" + rule.kind().word() + " " + filter + " FILTER`");
        }
        charactersOf(rule, line);
        reserved(rule, line);
    }

    private void pattern(AclOutline.Placed placed) {
        AccessRule rule = placed.rule();
        String section = placed.section();
        if (rule.permission() == Permission.DENY && !rule.filter().contains("%")) {
            // Reported where it is held against the other patterns.
            return;
        }
        if (!rule.filter().contains("%c") && !rule.filter().contains("%u")) {
            findings.warning(
                    "pattern-without-placeholder",
                    placed.line(),
                    "holds for every client, anonymous ones and unknown accounts included, with the same topics",
                    section == null
                            ? "a rule with %c or %u, or one for some account"
                            : "a rule for " + Words.shown(section),
                    "`topic " + rule.permission().word() + " " + Words.shown(rule.filter())
                            + "` in the section of each account");
        } else if (section != null && !acl.isBehindSections(placed)) {
            findings.note(
                    "pattern-in-section",
                    placed.line(),
                    "holds for every client, although it stands in the section of " + Words.shown(section),
                    "perhaps a rule for " + Words.shown(section) + " alone, which Mosquitto does not have",
                    "the pattern above the first `user` line or at the end of the file, under a comment");
        }
    }

    private static boolean isLoneAccessWord(String filter, String line) {
        boolean accessWord =
                filter.equals("read") || filter.equals("write") || filter.equals("readwrite") || filter.equals("deny");
        return accessWord && line.strip().split(" +").length == 2;
    }

    private void charactersOf(AccessRule rule, int line) {
        String filter = rule.filter();
        int comment = Math.max(filter.indexOf(" //"), filter.indexOf(" ;"));
        if (comment > 0) {
            findings.error(
                    "comment-behind-rule",
                    line,
                    "matches only a topic that ends with \"" + Words.shown(filter.substring(comment)) + "\"",
                    "the filter " + Words.shown(filter.substring(0, comment).strip()) + " and a comment",
                    "`"
                            + Words.shown(
                                    lineWith(rule, filter.substring(0, comment).strip()))
                            + "`, and the comment on a line of its own");
        } else if (filter.indexOf('*') >= 0) {
            findings.warning(
                    "foreign-wildcard",
                    line,
                    "* is an ordinary character: it matches only a topic that contains it",
                    "a wildcard",
                    "+ for one level, # for all levels below");
        } else if (filter.startsWith("\"") || filter.startsWith("'")) {
            findings.warning(
                    "quoted-filter",
                    line,
                    "the quotation marks are part of the filter: it matches only a topic that contains them",
                    "the filter without them",
                    "the filter as it is; blanks within it need no quotation marks");
        } else if (InvisibleCharacters.in(filter)) {
            invisible(rule, line);
        } else if (filter.startsWith("/") && !filter.equals("/#")) {
            findings.note(
                    "leading-slash",
                    line,
                    "the filter begins with an empty level: it matches /alicia, not alicia",
                    "most likely the filter without the first /",
                    "`" + Words.shown(lineWith(rule, filter.substring(1).isEmpty() ? "FILTER" : filter.substring(1)))
                            + "`");
        } else if (filter.endsWith("/") || filter.contains("//")) {
            String plain = filter.replaceAll("/{2,}", "/").replaceAll("/$", "");
            findings.warning(
                    "empty-level",
                    line,
                    "the filter has an empty level: it matches only a topic with two / side by side or one at its end",
                    filter.endsWith("/")
                            ? "the topic " + Words.shown(plain) + ", or all topics below it"
                            : "the filter with one /",
                    filter.endsWith("/")
                            ? "`" + Words.shown(lineWith(rule, plain)) + "` or `"
                                    + Words.shown(lineWith(rule, plain + "/#")) + "`"
                            : "`" + Words.shown(lineWith(rule, plain)) + "`");
        } else if (filter.indexOf(' ') > 0) {
            String first = filter.substring(0, filter.indexOf(' '));
            findings.note(
                    "blank-in-filter",
                    line,
                    "matches only topics with a blank: \"" + Words.shown(filter) + "\"",
                    "the filter " + Words.shown(first) + " and a comment, unless your topics have blanks",
                    "`" + Words.shown(lineWith(rule, first)) + "`, and the comment on a line of its own");
        }
    }

    /** A blank that is no space, as copied from a web page, does not part words either: the access word is then lost. */
    private void invisible(AccessRule rule, int line) {
        String filter = rule.filter();
        String wanted = InvisibleCharacters.without(acl.line(line));
        findings.warning(
                filter.chars().anyMatch(Character::isISOControl) ? "control-character" : "invisible-character",
                line,
                "matches only a topic that contains a character that cannot be seen: "
                        + InvisibleCharacters.shown(filter),
                "a blank between words, or nothing",
                "`" + Words.shown(RefusedLineAdvice.repaired(wanted).orElse(lineWith(rule, filter.strip()))) + "`");
    }

    private void placeholders(AccessRule rule, int line) {
        Matcher foreign = FOREIGN_PLACEHOLDER.matcher(rule.filter());
        String found = foreign.find() ? foreign.group() : "";
        String wanted = foreign.replaceAll(
                place -> place.group().toLowerCase(Locale.ROOT).contains("user")
                                || place.group().equals("%U")
                        ? "%u"
                        : "%c");
        findings.warning(
                "unknown-placeholder",
                line,
                Words.shown(found) + " stands for nothing: the rule matches only a topic with these characters",
                "the client's own identifier or account, or any device",
                "`pattern " + rule.permission().word() + " " + Words.shown(wanted)
                        + "` with %c for the client identifier or %u for the account, or `"
                        + Words.shown(lineWith(rule, foreign.replaceAll("+"))) + "` for any device");
    }

    private void reserved(AccessRule rule, int line) {
        if (rule.permission() == Permission.DENY) {
            return;
        }
        if (rule.filter().startsWith("$share")) {
            findings.warning(
                    "matches-nothing",
                    line,
                    "matches no message: $share is part of a subscription, never of a topic",
                    "the filter behind the share name",
                    "the rule with the filter behind $share/NAME/");
        } else if (rule.permission() == Permission.READWRITE
                && rule.filter().startsWith("$SYS/")
                && !Filters.overlap(Filters.levels(rule.filter()), Filters.levels("$SYS/broker/connection/+/state"))) {
            findings.note(
                    "matches-nothing",
                    line,
                    "grants reading alone: no client may publish to $SYS",
                    "to read the broker's own topics",
                    "`" + Words.shown(rule.kind().word() + " read " + rule.filter()) + "`");
        } else if (rule.permission() == Permission.WRITE
                && rule.filter().startsWith("$SYS")
                && !Filters.overlap(Filters.levels(rule.filter()), Filters.levels("$SYS/broker/connection/+/state"))) {
            findings.warning(
                    "matches-nothing",
                    line,
                    "grants nothing: no client may publish to $SYS, but for a bridge's state",
                    "to read the broker's own topics",
                    "`" + Words.shown(rule.kind().word() + " read " + rule.filter()) + "`");
        }
    }

    private static String lineWith(AccessRule rule, String filter) {
        return rule.kind().word() + " " + rule.permission().word() + " " + filter;
    }
}
