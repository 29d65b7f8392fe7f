package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Kind;
import io.alicia.mqtt.access.AccessRule.Permission;

/** What is wrong with single lines of an ACL file, whatever stands around them. */
final class AclLineChecks {

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
        String text = acl.line(refusal.line());
        String problem = String.valueOf(refusal.getMessage());
        problem = problem.substring(problem.indexOf(": ") + 2);
        int comment = text.indexOf(" #");
        boolean isComment = text.strip().startsWith("#");
        String write = isComment
                ? "`" + Words.shown(text.strip()) + "` from the line's first column on"
                : comment > 0
                        ? "`" + Words.shown(text.substring(0, comment).strip())
                                + "`, and the comment on a line of its own"
                        : "a line such as `topic read alicia/sensors/#`";
        findings.error(
                isComment || comment > 0 ? "comment-behind-rule" : "refused-line",
                refusal.line(),
                "Mosquitto refuses the whole file for this line: " + problem,
                isComment || comment > 0 ? "a comment" : "a rule, the beginning of a section or a comment",
                write);
    }

    private void userLine(String account, int line) {
        int comment = account.indexOf(" #");
        if (comment > 0) {
            findings.error(
                    "comment-behind-rule",
                    line,
                    "the section holds for an account called \"" + Words.shown(account)
                            + "\": the comment is part of the name",
                    "the account \"" + Words.shown(account.substring(0, comment).strip()) + "\" and a comment",
                    "`user " + Words.shown(account.substring(0, comment).strip())
                            + "`, and the comment on a line of its own");
        } else if (account.indexOf('+') >= 0 || account.indexOf('#') >= 0) {
            findings.warning(
                    "dangerous-account-name",
                    line,
                    "pattern rules never hold for this account, because its name contains + or #",
                    "an account like any other",
                    "a name without + and #");
        }
    }

    private void rule(AclOutline.Placed placed) {
        AccessRule rule = placed.rule();
        String filter = rule.filter();
        int line = placed.line();
        if (rule.kind() == Kind.PATTERN) {
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
        } else if (section != null) {
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
        } else if (filter.chars().anyMatch(Character::isISOControl)) {
            findings.warning(
                    "control-character",
                    line,
                    "matches only a topic that contains the control character: " + Words.shown(filter),
                    "a blank between words, or nothing",
                    "`"
                            + Words.shown(lineWith(
                                    rule, filter.replaceAll("\\p{Cntrl}", " ").strip())) + "`");
        } else if (filter.startsWith("/")) {
            findings.note(
                    "leading-slash",
                    line,
                    "the filter begins with an empty level: it matches /alicia, not alicia",
                    "most likely the filter without the first /",
                    "`" + Words.shown(lineWith(rule, filter.substring(1).isEmpty() ? "FILTER" : filter.substring(1)))
                            + "`");
        }
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
