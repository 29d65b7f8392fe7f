package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.facts.OptionFacts;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object whose keys are options: groups first, then each key in the order of the message, then what is missing.
 */
final class MapCheck implements ValueCheck {

    /** What becomes of keys that are no options. */
    enum UnknownKeys {
        REFUSED,
        DROPPED,
        KEPT
    }

    private final Map<String, OptionFacts> options;
    private final Map<String, ValueCheck> checks = new LinkedHashMap<>();
    private final Map<String, List<String>> exclusive = new LinkedHashMap<>();
    private final Map<String, List<String>> inclusive = new LinkedHashMap<>();
    private final UnknownKeys unknownKeys;

    MapCheck(Map<String, OptionFacts> options, Map<String, ValueCheck> checks, UnknownKeys unknownKeys) {
        this.options = options;
        this.checks.putAll(checks);
        this.unknownKeys = unknownKeys;
        options.values().forEach(option -> {
            option.exclusiveGroup().ifPresent(group -> in(exclusive, group).add(option.name()));
            option.inclusiveGroup().ifPresent(group -> in(inclusive, group).add(option.name()));
        });
    }

    private static List<String> in(Map<String, List<String>> groups, String group) {
        return groups.computeIfAbsent(group, unused -> new ArrayList<>());
    }

    @Override
    public Outcome check(JsonValue value, String path) {
        if (!(value instanceof JsonObject object)) {
            return Outcome.refused(path, named(path) + " takes an object, not " + ValueCheck.shown(value));
        }
        List<Problem> groups = groups(object, path);
        return groups.isEmpty() ? members(object, path) : new Outcome.Refused(groups, false);
    }

    private List<Problem> groups(JsonObject object, String path) {
        List<Problem> problems = new ArrayList<>();
        exclusive.forEach((group, members) -> {
            List<String> given = given(object, members);
            if (given.size() > 1) {
                problems.add(new Problem(
                        below(path, "<" + group + ">"), String.join(" and ", given) + " exclude each other"));
            }
        });
        if (!problems.isEmpty()) {
            return problems;
        }
        inclusive.forEach((group, members) -> {
            List<String> given = given(object, members);
            if (problems.isEmpty() && !given.isEmpty() && given.size() < members.size()) {
                List<String> missing = new ArrayList<>(members);
                missing.removeAll(given);
                problems.add(new Problem(
                        below(path, "<" + group + ">"),
                        String.join(", ", given) + " goes only together with " + String.join(", ", missing)));
            }
        });
        return problems;
    }

    private static List<String> given(JsonObject object, List<String> names) {
        return names.stream().filter(object.members()::containsKey).toList();
    }

    private Outcome members(JsonObject object, String path) {
        List<Problem> problems = new ArrayList<>();
        JsonObject.Builder kept = JsonObject.builder();
        for (var member : object.members().entrySet()) {
            String at = below(path, member.getKey());
            Outcome outcome = member(member.getKey(), member.getValue(), at).orElse(null);
            if (outcome instanceof Outcome.Refused refused) {
                if (refused.fatal()) {
                    return refused;
                }
                problems.addAll(refused.problems());
            } else if (outcome instanceof Outcome.Kept value) {
                kept.put(member.getKey(), value.value());
            }
        }
        options.values().stream()
                .filter(option -> option.required() && !object.members().containsKey(option.name()))
                .map(option -> below(path, option.name()))
                .forEach(at -> problems.add(new Problem(at, at + " is required")));
        return problems.isEmpty() ? new Outcome.Kept(kept.build()) : new Outcome.Refused(problems, false);
    }

    private Optional<Outcome> member(String key, JsonValue value, String at) {
        ValueCheck check = checks.get(key);
        if (check != null) {
            return Optional.of(check.check(value, at));
        }
        return switch (unknownKeys) {
            case REFUSED -> Optional.of(Outcome.refused(at, at + " is no option here"));
            case DROPPED -> Optional.empty();
            case KEPT -> Optional.of(new Outcome.Kept(value));
        };
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String named(String path) {
        return path.isEmpty() ? "the payload" : path;
    }
}
