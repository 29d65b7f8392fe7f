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

    private record Place(String account, int line) {}

    private final Map<Remark, List<Place>> remarks = new LinkedHashMap<>();

    void add(Remark remark, String account, int line) {
        remarks.computeIfAbsent(remark, none -> new ArrayList<>()).add(new Place(account, line));
    }

    /** What to write of a remark; the account is a placeholder where there are several. */
    @FunctionalInterface
    interface Advice {

        String of(Remark remark, String account);
    }

    void report(Findings findings, Advice advice) {
        remarks.forEach((remark, places) -> findings.add(
                remark.severity(),
                remark.kind(),
                places.stream().map(Place::line).toList(),
                places.size() == 1
                        ? remark.one().formatted(quoted(places.get(0)))
                        : remark.many().formatted(named(places)),
                remark.meant(),
                advice.of(remark, places.size() == 1 ? places.get(0).account() : "ACCOUNT")));
    }

    private static String quoted(Place place) {
        return "\"" + Words.shown(place.account()) + "\"";
    }

    private static String named(List<Place> places) {
        String named = places.stream()
                .limit(MOST_NAMED)
                .map(place -> quoted(place) + " (line " + place.line() + ")")
                .collect(Collectors.joining(", "));
        return places.size() <= MOST_NAMED
                ? named
                : named + " and " + (places.size() - MOST_NAMED) + " more ("
                        + ranges(places.subList(MOST_NAMED, places.size())) + ")";
    }

    private static String ranges(List<Place> places) {
        List<String> ranges = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= places.size(); i++) {
            if (i == places.size() || places.get(i).line() != places.get(i - 1).line() + 1) {
                int first = places.get(from).line();
                int last = places.get(i - 1).line();
                ranges.add(first == last ? String.valueOf(first) : first + "-" + last);
                from = i;
            }
        }
        return (places.size() == 1 ? "line " : "lines ") + String.join(", ", ranges);
    }
}
