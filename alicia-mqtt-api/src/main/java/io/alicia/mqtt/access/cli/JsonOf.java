package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.AccessFileException;
import io.alicia.mqtt.access.AccessRule;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.access.Finding;
import io.alicia.mqtt.access.LogInChange;
import io.alicia.mqtt.access.PolicyDiff;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the commands print for machines. */
final class JsonOf {

    private JsonOf() {}

    static JsonObject rule(AccessRule rule) {
        JsonObject.Builder json = JsonObject.builder();
        rule.source().ifPresent(source -> {
            json.put("file", source.file()).put("line", (long) source.line());
            if (source.column() > 0) {
                json.put("column", (long) source.column());
            }
        });
        rule.role().ifPresent(role -> json.put("role", role));
        return json.put("rule", rule.line()).build();
    }

    /** A decision, and why the account cannot log in, if so. */
    static JsonObject decision(Decision decision, Optional<String> hindrance) {
        JsonObject.Builder json = JsonObject.builder()
                .put("allowed", decision.allowed())
                .put("access", lower(decision.access()))
                .put("topic", decision.topic())
                .put("client", decision.clientIdentifier());
        decision.account().ifPresent(account -> json.put("account", account));
        if (decision.isUnknownAccount()) {
            json.put("unknownAccount", true);
        }
        hindrance.ifPresent(reason -> json.put("cannotLogIn", reason));
        json.put("reason", lower(decision.reason()));
        decision.rule().ifPresent(rule -> json.put("decidedBy", rule(rule)));
        return json.put("nearest", rules(decision.nearest()))
                .put("explanation", decision.explanation())
                .build();
    }

    static JsonObject finding(Finding finding) {
        JsonObject.Builder json = JsonObject.builder()
                .put("severity", lower(finding.severity()))
                .put("kind", finding.kind())
                .put("file", finding.file())
                .put("line", (long) finding.line());
        if (finding.column() > 0) {
            json.put("column", (long) finding.column());
        }
        if (!finding.furtherLines().isEmpty()) {
            json.put(
                    "furtherLines",
                    new JsonArray(finding.furtherLines().stream()
                            .<JsonValue>map(line -> JsonNumber.of(line.longValue()))
                            .toList()));
        }
        return json.put("today", finding.today())
                .put("meant", finding.meant())
                .put("write", finding.write())
                .build();
    }

    static JsonObject change(PolicyDiff.Change change) {
        JsonObject.Builder json = JsonObject.builder();
        change.account().ifPresent(account -> json.put("account", account));
        change.clientIdentifier().ifPresent(client -> json.put("client", client));
        json.put("change", change.gained() ? "gains" : "loses")
                .put("access", lower(change.access()))
                .put("topicFilter", change.topicFilter());
        if (change.literal()) {
            json.put("literal", true);
        }
        json.putStrings("except", change.except());
        if (!change.exceptFor().isEmpty()) {
            JsonObject.Builder exceptFor = JsonObject.builder();
            change.exceptFor().forEach(exceptFor::putStrings);
            json.put("exceptFor", exceptFor.build());
        }
        change.before().ifPresent(rule -> json.put("before", rule(rule)));
        change.after().ifPresent(rule -> json.put("after", rule(rule)));
        return json.build();
    }

    /** An account whose line of a password file is another one now. */
    static JsonObject account(Path file, String account, String change) {
        return JsonObject.builder()
                .put("file", file.toString())
                .put("account", account)
                .put("change", change)
                .build();
    }

    /** A line that a broker refuses. */
    static JsonObject problem(AccessFileException problem) {
        return JsonObject.builder()
                .put("file", problem.file())
                .put("line", (long) problem.line())
                .put("column", (long) problem.column())
                .put("problem", String.valueOf(problem.getMessage()))
                .build();
    }

    /** What the other form cannot say. */
    static JsonObject loss(String loss) {
        return JsonObject.builder()
                .put("change", "lost")
                .put("explanation", loss)
                .build();
    }

    /** What nobody who is known loses. */
    static JsonObject remark(String remark) {
        return JsonObject.builder()
                .put("change", "none")
                .put("explanation", remark)
                .build();
    }

    static JsonObject logIn(LogInChange change) {
        JsonObject.Builder json = JsonObject.builder().put("account", change.account());
        change.clientIdentifier().ifPresent(client -> json.put("client", client));
        return json.put("change", change.gained() ? "gains" : "loses")
                .put("access", "log_in")
                .put("explanation", change.explanation())
                .build();
    }

    /** With all rules, however many. */
    static JsonObject unfinished(PolicyDiff.Unfinished unfinished) {
        JsonObject.Builder json = JsonObject.builder();
        unfinished.account().ifPresent(account -> json.put("account", account));
        return json.put("change", "unfinished")
                .put("removed", rules(unfinished.removed()))
                .put("added", rules(unfinished.added()))
                .build();
    }

    private static JsonArray rules(List<AccessRule> rules) {
        return new JsonArray(rules.stream().<JsonValue>map(JsonOf::rule).toList());
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
