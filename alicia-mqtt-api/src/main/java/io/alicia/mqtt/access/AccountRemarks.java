package io.alicia.mqtt.access;

import io.alicia.mqtt.access.Finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says once what is to be said of many accounts, with the line of each. */
final class AccountRemarks {

    /** More than so many accounts are not named, only their lines. */
    private static final int MOST_NAMED = 20;

    /**
     * What is to be said.
     *
     * @param one the sentence for one account, which stands for {@code %s}
     * @param many the sentence for several
     */
    record Remark(Severity severity, String kind, String one, String many, String meant) {}

    private record Mention(String account, Place place) {}

    private final Map<Remark, List<Mention>> remarks = new LinkedHashMap<>();

    void add(Remark remark, String account, Place place) {
        remarks.computeIfAbsent(remark, none -> new ArrayList<>()).add(new Mention(account, place));
    }

    /** What to write of a remark; the account is a placeholder where there are several. */
    @FunctionalInterface
    interface Advice {

        String of(Remark remark, String account);
    }

    void report(Findings findings, Advice advice) {
        remarks.forEach((remark, mentions) -> findings.add(
                remark.severity(),
                remark.kind(),
                mentions.stream().map(Mention::place).toList(),
                mentions.size() == 1
                        ? remark.one().formatted(quoted(mentions.get(0)))
                        : remark.many().formatted(named(mentions)),
                remark.meant(),
                advice.of(remark, mentions.size() == 1 ? mentions.get(0).account() : "ACCOUNT")));
    }

    private static String quoted(Mention mention) {
        return "\"" + Words.shown(mention.account()) + "\"";
    }

    private static String named(List<Mention> mentions) {
        // In a document of one line the column alone tells one from the other.
        boolean together = mentions.stream()
                        .map(mention -> mention.place().line())
                        .distinct()
                        .count()
                < mentions.size();
        String named = mentions.stream()
                .limit(MOST_NAMED)
                .map(mention -> quoted(mention) + " (" + where(mention.place(), together) + ")")
                .collect(Collectors.joining(", "));
        return mentions.size() <= MOST_NAMED
                ? named
                : named + " and " + (mentions.size() - MOST_NAMED) + " more ("
                        + ranges(mentions.subList(MOST_NAMED, mentions.size())) + ")";
    }

    private static String where(Place place, boolean exactly) {
        return "line " + place.line() + (exactly && place.column() > 0 ? ", column " + place.column() : "");
    }

    private static String ranges(List<Mention> mentions) {
        List<String> ranges = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= mentions.size(); i++) {
            if (i == mentions.size()
                    || mentions.get(i).place().line()
                            != mentions.get(i - 1).place().line() + 1) {
                int first = mentions.get(from).place().line();
                int last = mentions.get(i - 1).place().line();
                ranges.add(first == last ? String.valueOf(first) : first + "-" + last);
                from = i;
            }
        }
        return (mentions.size() == 1 ? "line " : "lines ") + String.join(", ", ranges);
    }
}
