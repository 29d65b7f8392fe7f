package io.alicia.mqtt.client.cli;

import io.alicia.mqtt.homeassistant.JudgedMessage;
import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.check.Problem;
import io.alicia.mqtt.homeassistant.check.Verdict;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.io.PrintWriter;

/** Judges messages and prints what becomes of them, for people or as lines of JSON. */
final class VerdictPrinter {

    private final PrintWriter out;
    private final DiscoveryChecker checker;
    private final boolean json;
    private boolean refused;

    VerdictPrinter(PrintWriter out, DiscoveryChecker checker, boolean json) {
        this.out = out;
        this.checker = checker;
        this.json = json;
    }

    void print(JudgedMessage message) {
        CheckResult result = checker.check(message.topic(), message.payload());
        refused |= result.verdict() == Verdict.REJECT || result.verdict() == Verdict.PARTIAL;
        if (json) {
            out.println(message.line(result));
            return;
        }
        out.println(result.verdict().word() + "  "
                + message.id().map(id -> text(id) + "  ").orElse("") + message.topic());
        for (Problem problem : result.problems()) {
            out.println("    refused at " + problem);
        }
        if (!result.dropped().isEmpty()) {
            out.println("    dropped without a word: " + String.join(", ", result.dropped()));
        }
        result.hints().forEach(hint -> out.println("    hint: " + hint));
    }

    private static String text(JsonValue id) {
        return id instanceof JsonString string ? string.value() : id.toString();
    }

    int exitCode() {
        return refused ? Main.REFUSED : 0;
    }
}
