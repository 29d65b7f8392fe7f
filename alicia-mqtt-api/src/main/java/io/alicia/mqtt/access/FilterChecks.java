package io.alicia.mqtt.access;

import io.alicia.mqtt.access.AccessRule.Permission;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with the filter of a single rule, whatever stands around it and in whichever format. */
final class FilterChecks {

    /** As other brokers and templates write them. */
    private static final Pattern FOREIGN_PLACEHOLDER =
            Pattern.compile("\\$?\\{[^/{}]+}|<[^/<>]+>|\\[[^/\\[\\]]+]|%\\([^/()]+\\)|%[CUdi](?![A-Za-z])"
                    + "|%(?:client|clientid|client_id|user|username|device|deviceid|device_id|id|name)(?![a-z_])%?");

    /** A scheme, and a host where it looks like one. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(?:mqtts?|tcp|ssl|tls|wss?)://(?:(?:localhost|[^/]*[.:][^/]*)(?:/|$))?");

    private final Findings findings;

    FilterChecks(Findings findings) {
        this.findings = findings;
    }

    /** Whether the filter has what other brokers put a name in the place of; says so if it has. */
    boolean hasForeignPlaceholder(PlacedRule placed) {
        AccessRule rule = placed.rule();
        Matcher foreign = FOREIGN_PLACEHOLDER.matcher(rule.filter());
        if (!foreign.find()) {
            return false;
        }
        String found = foreign.group();
        Place place = placed.within(foreign.start());
        String wanted = foreign.replaceAll(
                match -> match.group().toLowerCase(Locale.ROOT).contains("user")
                                || match.group().equals("%U")
                        ? "%u"
                        : "%c");
        String forClient = rule.role().isPresent()
                ? Words.shown(rule.line(wanted))
                : "pattern " + rule.permission().word() + " " + Words.shown(wanted);
        findings.warning(
                "unknown-placeholder",
                place,
                Words.shown(found) + " stands for nothing: the rule matches only a topic with these characters",
                "the client's own identifier or account, or any device",
                "`" + forClient + "` with %c for the client identifier or %u for the account, or `"
                        + Words.shown(rule.line(foreign.replaceAll("+"))) + "` for any device");
        return true;
    }

    /**
     * Looks at the characters of the filter.
     *
     * @param withoutInvisible how to write a rule whose filter has characters that cannot be seen
     */
    void characters(PlacedRule placed, Function<PlacedRule, String> withoutInvisible) {
        AccessRule rule = placed.rule();
        String filter = rule.filter();
        FilterGuess guess = FilterGuess.orNull(rule.permission().word(), filter);
        if (guess != null) {
            more(placed, guess);
        } else if (filter.indexOf('*') >= 0) {
            findings.warning(
                    "foreign-wildcard",
                    placed.within(filter.indexOf('*')),
                    "* is an ordinary character: it matches only a topic that contains it",
                    "a wildcard",
                    "+ for one level, # for all levels below");
        } else if (filter.indexOf('\\') >= 0) {
            findings.warning(
                    "foreign-separator",
                    placed.within(filter.indexOf('\\')),
                    "\\ is an ordinary character: it matches only a topic that contains it, and parts no levels",
                    "levels",
                    "`" + Words.shown(rule.line(filter.replace('\\', '/'))) + "`");
        } else if (ADDRESS.matcher(filter).lookingAt()) {
            String topic = ADDRESS.matcher(filter).replaceFirst("");
            findings.warning(
                    "address-in-filter",
                    placed.place(),
                    "the beginning of an address is part of the filter: it matches only a topic that begins like that",
                    "the filter alone",
                    "`" + Words.shown(rule.line(topic.isEmpty() ? "FILTER" : topic)) + "`");
        } else if (filter.startsWith("\"") || filter.startsWith("'")) {
            findings.warning(
                    "quoted-filter",
                    placed.place(),
                    "the quotation marks are part of the filter: it matches only a topic that contains them",
                    "the filter without them",
                    "the filter as it is; blanks within it need no quotation marks");
        } else if (InvisibleCharacters.in(filter)) {
            findings.warning(
                    filter.chars().anyMatch(Character::isISOControl) ? "control-character" : "invisible-character",
                    placed.place(),
                    "matches only a topic that contains a character that cannot be seen: "
                            + InvisibleCharacters.shown(filter),
                    "a blank between words, or nothing",
                    "`" + Words.shown(withoutInvisible.apply(placed)) + "`");
        } else {
            levels(placed);
        }
    }

    /** A filter that has more in it than a filter, and is one nevertheless. */
    private void more(PlacedRule placed, FilterGuess guess) {
        AccessRule rule = placed.rule();
        String filter = rule.filter();
        boolean ofRole = rule.role().isPresent();
        String written = guess.written(
                rule.permission().word(),
                (word, meant) -> ofRole ? rule.line(meant) : rule.kind().word() + " " + word + " " + meant);
        Place place = placed.within(guess.index());
        switch (guess.kind()) {
            case COMMENT -> {
                int end = guess.filters().get(0).length();
                findings.error(
                        guess.kind().finding(),
                        place,
                        "matches only a topic that ends with \"" + Words.shown(filter.substring(end)) + "\"",
                        "the filter " + Words.shown(guess.filters().get(0)) + " and a comment",
                        written + ", and the comment "
                                + (ofRole ? "in the role's textdescription" : "on a line of its own"));
            }
            case SEVERAL ->
                findings.warning(
                        guess.kind().finding(),
                        place,
                        "is one filter, with the blank in it: it matches only the topic \"" + Words.shown(filter)
                                + "\"",
                        "several filters",
                        written + ", each as a rule of its own");
            case WORD_BEFORE ->
                findings.error(
                        guess.kind().finding(),
                        place,
                        "matches only topics that begin with \"" + Words.shown(filter)
                                + "\": what stands between the access"
                                + " word and the topic is taken for a part of the topic",
                        "the filter " + Words.shown(guess.filters().get(0)),
                        written);
        }
    }

    private void levels(PlacedRule placed) {
        AccessRule rule = placed.rule();
        String filter = rule.filter();
        if (filter.startsWith("/") && !filter.equals("/#")) {
            String rest = filter.substring(1);
            findings.note(
                    "leading-slash",
                    placed.place(),
                    "the filter begins with an empty level: it matches /alicia, not alicia",
                    "most likely the filter without the first /",
                    "`" + Words.shown(rule.line(rest.isEmpty() ? "FILTER" : rest)) + "`");
        } else if (filter.endsWith("/") || filter.contains("//")) {
            String plain = filter.replaceAll("/{2,}", "/").replaceAll("/$", "");
            boolean atTheEnd = filter.endsWith("/");
            findings.warning(
                    "empty-level",
                    placed.within(atTheEnd ? filter.length() - 1 : filter.indexOf("//")),
                    "the filter has an empty level: it matches only a topic with two / side by side or one at its end",
                    atTheEnd ? "the topic " + Words.shown(plain) + ", or all topics below it" : "the filter with one /",
                    atTheEnd
                            ? "`" + Words.shown(rule.line(plain)) + "` or `" + Words.shown(rule.line(plain + "/#"))
                                    + "`"
                            : "`" + Words.shown(rule.line(plain)) + "`");
        } else if (filter.indexOf(' ') > 0) {
            String first = filter.substring(0, filter.indexOf(' '));
            findings.note(
                    "blank-in-filter",
                    placed.within(first.length()),
                    "matches only topics with a blank: \"" + Words.shown(filter) + "\"",
                    "the filter " + Words.shown(first) + " and a comment, unless your topics have blanks",
                    "`" + Words.shown(rule.line(first)) + "`, and the comment "
                            + (rule.role().isPresent() ? "in the role's textdescription" : "on a line of its own"));
        }
    }

    /** Looks at what the filter says of the topics that are the broker's own. */
    void reserved(PlacedRule placed) {
        AccessRule rule = placed.rule();
        boolean ofSubscriptions =
                (rule.bits() & Access.SUBSCRIBE.bit()) != 0 && rule.role().isPresent();
        if (rule.permission() == Permission.DENY || ofSubscriptions) {
            return;
        }
        if (rule.filter().startsWith("$share")) {
            findings.warning(
                    "matches-nothing",
                    placed.place(),
                    "matches no message: $share is part of a subscription, never of a topic",
                    "the filter behind the share name",
                    "the rule with the filter behind $share/NAME/");
        } else {
            ownTopics(placed);
        }
    }

    /** Of what controls the broker only answers go to clients. */
    private static boolean isReceivedByNobody(String filter) {
        List<String> levels = Filters.levels(filter);
        String last = levels.get(levels.size() - 1);
        return levels.size() > 1
                && levels.get(0).equals("$CONTROL")
                && !(last.equals("#") || last.equals("+") || last.equals("response"));
    }

    private void ownTopics(PlacedRule placed) {
        AccessRule rule = placed.rule();
        if (rule.grants(Access.RECEIVE) && isReceivedByNobody(rule.filter())) {
            findings.note(
                    "matches-nothing",
                    placed.place(),
                    "gives nothing to receive: what is published to $CONTROL/ goes to the broker alone, which answers on"
                            + " topics that end with /response",
                    "the right to send such commands, or their answers",
                    "`" + Words.shown(rule.line(rule.filter() + "/response")) + "` for the answers");
        }
        boolean ofBridges =
                Filters.overlap(Filters.levels(rule.filter()), Filters.levels("$SYS/broker/connection/+/state"));
        boolean reads = rule.grants(Access.RECEIVE);
        if (!rule.filter().startsWith("$SYS") || !rule.grants(Access.PUBLISH) || ofBridges) {
            return;
        }
        String write = rule.role().isPresent()
                ? "`publishClientReceive " + Words.shown(rule.filter()) + " allow`"
                : "`" + rule.kind().word() + " read " + Words.shown(rule.filter()) + "`";
        if (reads && rule.filter().startsWith("$SYS/")) {
            findings.note(
                    "matches-nothing",
                    placed.place(),
                    "grants reading alone: no client may publish to $SYS",
                    "to read the broker's own topics",
                    write);
        } else if (!reads) {
            findings.warning(
                    "matches-nothing",
                    placed.place(),
                    "grants nothing: no client may publish to $SYS, but for a bridge's state",
                    "to read the broker's own topics",
                    write);
        }
    }
}
