package io.alicia.mqtt.access;

import io.alicia.mqtt.access.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the findings of one file. */
final class Findings {

    private final String file;
    private final List<Finding> findings;

    Findings(String file) {
        this.file = file;
        this.findings = new ArrayList<>();
    }

    void error(String kind, int line, String today, String meant, String write) {
        error(kind, Place.ofLine(line), today, meant, write);
    }

    void error(String kind, Place place, String today, String meant, String write) {
        add(Severity.ERROR, kind, place, today, meant, write);
    }

    /** An error at the place of {@code refusal}. */
    void error(String kind, AccessFileException refusal, String today, String meant, String write) {
        error(kind, new Place(refusal.line(), refusal.column()), today, meant, write);
    }

    void warning(String kind, int line, String today, String meant, String write) {
        warning(kind, Place.ofLine(line), today, meant, write);
    }

    void warning(String kind, Place place, String today, String meant, String write) {
        add(Severity.WARNING, kind, place, today, meant, write);
    }

    void note(String kind, int line, String today, String meant, String write) {
        note(kind, Place.ofLine(line), today, meant, write);
    }

    void note(String kind, Place place, String today, String meant, String write) {
        add(Severity.NOTE, kind, place, today, meant, write);
    }

    void add(Severity severity, String kind, Place place, String today, String meant, String write) {
        add(severity, kind, List.of(place), today, meant, write);
    }

    /** One finding about several places. */
    void add(Severity severity, String kind, List<Place> places, String today, String meant, String write) {
        Place first = places.get(0);
        findings.add(new Finding(
                severity,
                kind,
                file,
                first.line(),
                first.column(),
                places.stream().skip(1).map(Place::line).toList(),
                today,
                meant,
                write));
    }

    List<Finding> sorted() {
        return findings.stream()
                .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
                .toList();
    }
}
