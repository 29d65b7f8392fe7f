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
        findings.add(new Finding(Severity.ERROR, kind, file, line, 0, List.of(), today, meant, write));
    }

    /** An error at the place of {@code refusal}. */
    void error(String kind, AccessFileException refusal, String today, String meant, String write) {
        findings.add(new Finding(
                Severity.ERROR, kind, file, refusal.line(), refusal.column(), List.of(), today, meant, write));
    }

    void warning(String kind, int line, String today, String meant, String write) {
        findings.add(new Finding(Severity.WARNING, kind, file, line, 0, List.of(), today, meant, write));
    }

    void note(String kind, int line, String today, String meant, String write) {
        findings.add(new Finding(Severity.NOTE, kind, file, line, 0, List.of(), today, meant, write));
    }

    void add(Severity severity, String kind, List<Integer> lines, String today, String meant, String write) {
        findings.add(new Finding(
                severity, kind, file, lines.get(0), 0, lines.subList(1, lines.size()), today, meant, write));
    }

    List<Finding> sorted() {
        return findings.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
    }
}
