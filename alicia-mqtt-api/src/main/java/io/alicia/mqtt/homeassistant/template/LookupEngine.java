package io.alicia.mqtt.homeassistant.template;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates templates that look something up and do nothing else, as most devices send them. */
final class LookupEngine implements TemplateEngine {

    static final LookupEngine INSTANCE = new LookupEngine();

    private static final Pattern LOOKUP =
            Pattern.compile("\\{\\{-?\\s*(\\w+)((?:\\.\\w+|\\[\\d+]|\\['[^'\\\\]*']|\\[\"[^\"\\\\]*\"])*)\\s*-?}}");
    private static final Pattern STEP = Pattern.compile("\\.(\\w+)|\\[(\\d+)]|\\['([^']*)']|\\[\"([^\"]*)\"]");

    private LookupEngine() {}

    @Override
    public String evaluate(Template template, Map<String, ?> variables) {
        if (template.isStatic()) {
            return template.text().strip();
        }
        Matcher lookup = LOOKUP.matcher(template.text().strip());
        if (!lookup.matches()) {
            throw new TemplateEvaluationException(template, "it does more than look something up", null);
        }
        String name = lookup.group(1);
        if (!variables.containsKey(name)) {
            throw new TemplateEvaluationException(template, "there is no " + name, null);
        }
        @Nullable Object value = variables.get(name);
        boolean found = true;
        Matcher steps = STEP.matcher(lookup.group(2));
        while (steps.find()) {
            if (!found) {
                throw new TemplateEvaluationException(
                        template, "there is nothing in which to look for " + steps.group(), null);
            }
            String key = key(steps);
            found = has(value, key);
            value = found ? get(value, key) : null;
        }
        return found ? text(value) : "";
    }

    private static String key(Matcher step) {
        for (int group = 1; group < 4; group++) {
            if (step.group(group) != null) {
                return step.group(group);
            }
        }
        return step.group(4);
    }

    private static boolean has(@Nullable Object value, String key) {
        if (value instanceof Map<?, ?> map) {
            return map.containsKey(key);
        }
        return value instanceof List<?> list
                && key.chars().allMatch(Character::isDigit)
                && key.length() < 9
                && Integer.parseInt(key) < list.size();
    }

    private static @Nullable Object get(@Nullable Object value, String key) {
        return value instanceof List<?> list
                ? list.get(Integer.parseInt(key))
                : value instanceof Map<?, ?> map ? map.get(key) : null;
    }

    /** As Python writes it. */
    private static String text(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        return value instanceof Boolean flag
                ? flag ? "True" : "False"
                : value.toString().strip();
    }
}
