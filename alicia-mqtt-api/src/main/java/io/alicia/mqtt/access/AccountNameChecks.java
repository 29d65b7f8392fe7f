package io.alicia.mqtt.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Names of accounts that are not what they were meant for, in whichever format. */
final class AccountNameChecks {

    /** What other brokers take for every account, and Mosquitto for the name of one. */
    private static final Set<String> EVERYBODY =
            Set.of("*", "#", "+", "all", "any", "anyone", "anonymous", "everyone", "everybody", "default", "$all");

    /**
     * How a format speaks of accounts.
     *
     * @param subject what has the name
     * @param written how to write an account with the name
     * @param comment where a comment belongs
     * @param forEverybody how to write what holds for everybody
     */
    record Wording(String subject, UnaryOperator<String> written, String comment, String forEverybody) {

        static final Wording SECTION = new Wording(
                "the section holds for",
                name -> "`user " + name + "`",
                "on a line of its own",
                "the rules in the section of each account; for clients without an account above the first `user` line");

        static final Wording CLIENT = new Wording(
                "the client has",
                name -> "the username \"" + name + "\"",
                "in its textdescription",
                "a role that each client has; for clients without an account a group and `mosquitto_ctrl dynsec"
                        + " setAnonymousGroup GROUP`");
    }

    private final Findings findings;
    private final Wording wording;

    AccountNameChecks(Findings findings, Wording wording) {
        this.findings = findings;
        this.wording = wording;
    }

    void check(String account, Place place) {
        String shown = Words.shown(account);
        int comment = commentIn(account);
        if (comment > 0) {
            String name = Words.shown(withoutComment(account));
            findings.error(
                    "comment-behind-rule",
                    place,
                    wording.subject() + " an account called \"" + shown + "\": the comment is part of the name",
                    "the account \"" + name + "\" and a comment",
                    wording.written().apply(name) + ", and the comment " + wording.comment());
        } else if (EVERYBODY.contains(account.toLowerCase(Locale.ROOT))) {
            findings.warning(
                    "no-such-wildcard",
                    place,
                    wording.subject() + " an account called \"" + shown + "\", not for everybody",
                    "rules for every account, or for clients without one",
                    wording.forEverybody());
        } else if (account.indexOf('+') >= 0 || account.indexOf('#') >= 0) {
            findings.warning(
                    "dangerous-account-name",
                    place,
                    "pattern rules never hold for this account, because its name contains + or #",
                    "an account like any other",
                    "a name without + and #");
        } else if (InvisibleCharacters.in(account)) {
            findings.warning(
                    "invisible-character",
                    place,
                    "the name of the account contains a character that cannot be seen: "
                            + InvisibleCharacters.shown(account),
                    "the name without it",
                    wording.written().apply(Words.shown(InvisibleCharacters.without(account))));
        } else if (account.matches("[:=].*|.*[,;].*|\".*\"|'.*'|.*:")) {
            several(account, place);
        }
    }

    private void several(String account, Place place) {
        boolean list = account.matches(".*[,;].*");
        String name = account.replaceAll("^[:=\"']\\s*|[:\"']$", "");
        findings.warning(
                "odd-account-name",
                place,
                wording.subject() + " one account called \"" + Words.shown(account) + "\", punctuation included",
                list ? "several accounts" : "the name without it",
                list
                        ? "each account by itself, with its rules"
                        : wording.written().apply(name.isBlank() ? "NAME" : Words.shown(name)));
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
}
