package io.alicia.mqtt.client.cli;

import io.alicia.mqtt.homeassistant.JudgedMessage;
import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.check.Problem;
import io.alicia.mqtt.homeassistant.check.UniqueIds;
import io.alicia.mqtt.homeassistant.check.Verdict;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** Judges messages and prints what becomes of them, for people or as lines of JSON. */
final class VerdictPrinter {

    private final PrintWriter out;
    private final DiscoveryChecker checker;
    private final boolean json;
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private final UniqueIds uniqueIds = UniqueIds.none();
    private boolean refused;

    VerdictPrinter(PrintWriter out, DiscoveryChecker checker, boolean json) {
        this.out = out;
        this.checker = checker;
        this.json = json;
    }

    /** Judges a message of a file. */
    void print(JudgedMessage message) {
        print(message, checker.check(message.topic(), message.payload()));
    }

    /** Judges a message as it arrives; whoever waits for it sees it at once. */
    void print(ApplicationMessage message) {
        String topic = message.topic().value();
        print(
                new JudgedMessage(Optional.empty(), topic, ""),
                checker.check(topic, message.payload().toByteArray()));
        out.flush();
    }

    private void print(JudgedMessage message, CheckResult alone) {
        CheckResult result = uniqueIds.judged(alone);
        counts.merge(result.verdict(), 1, Integer::sum);
        refused |= isRefused(result);
        if (json) {
            out.println(message.line(result));
            return;
        }
        out.println(shown(result.verdict()) + "  "
                + message.id().map(id -> text(id) + "  ").orElse("") + message.topic());
        for (Problem problem : result.problems()) {
            out.println(
                    result.verdict() == Verdict.IGNORED
                            ? "    ignored: " + problem.reason()
                            : "    refused at " + problem);
        }
        if (!result.dropped().isEmpty()) {
            out.println("    dropped without a word: " + String.join(", ", result.dropped()));
        }
        result.hints().forEach(hint -> out.println("    hint: " + hint));
    }

    /** Who announces a component that Home Assistant does not know means to be taken. */
    private static boolean isRefused(CheckResult result) {
        return switch (result.verdict()) {
            case REJECT, PARTIAL -> true;
            case IGNORED -> result.topic().isPresent();
            case ACCEPT, REMOVE, MIGRATE -> false;
        };
    }

    /** How many of each verdict there were; for people alone. */
    void summary() {
        if (!json) {
            int all = counts.values().stream().mapToInt(Integer::intValue).sum();
            out.println(all
                    + (all == 1 ? " message" : " messages")
                    + counts.entrySet().stream()
                            .map(count -> ", " + count.getValue() + " "
                                    + count.getKey().word())
                            .collect(Collectors.joining()));
        }
    }

    /** In colour where a person looks at it. */
    private static String shown(Verdict verdict) {
        String colour = switch (verdict) {
            case ACCEPT -> "green";
            case REJECT, PARTIAL -> "red";
            case REMOVE, MIGRATE, IGNORED -> "yellow";
        };
        return Ansi.AUTO.string("@|" + colour + " " + verdict.word() + "|@");
    }

    private static String text(JsonValue id) {
        return id instanceof JsonString string ? string.value() : id.toString();
    }

    /** Whether there was nothing to judge. */
    boolean isIdle() {
        return counts.isEmpty();
    }

    int exitCode() {
        return refused ? Main.REFUSED : 0;
    }
}
