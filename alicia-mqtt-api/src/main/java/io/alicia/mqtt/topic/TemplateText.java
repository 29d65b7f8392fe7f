package io.alicia.mqtt.topic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of a template, taken apart into fixed levels and {@code {named}} ones. */
final class TemplateText {

    private static final Pattern NAMED = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

    private final String template;
    /** The fixed text of each level, null where the level is named. */
    private final @Nullable String[] fixed;

    private final List<String> names;

    /** What stands before, between and behind the named levels, separators included. */
    private final List<String> between;

    private TemplateText(String template, @Nullable String[] fixed, List<String> names) {
        this.template = template;
        this.fixed = fixed;
        this.names = names;
        this.between = List.of(NAMED.split(template, -1));
    }

    static TemplateText of(String template, int expectedNames) {
        List<String> levels = TopicName.of(template).levels();
        if (levels.get(0).equals("$share")) {
            throw TopicRules.refusal(
                    "topic template",
                    template,
                    "nobody can subscribe to names that begin with $share/: that is a shared subscription"
                            + " [MQTT-4.8.2-1]");
        }
        @Nullable String[] fixed = new @Nullable String[levels.size()];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            var named = NAMED.matcher(levels.get(i));
            if (!named.matches()) {
                fixed[i] = fixedLevel(template, levels.get(i));
            } else if (names.contains(named.group(1))) {
                throw TopicRules.refusal("topic template", template, levels.get(i) + " stands there twice");
            } else {
                names.add(named.group(1));
            }
        }
        if (names.size() != expectedNames) {
            throw TopicRules.refusal(
                    "topic template", template, "it has " + names.size() + " levels in braces, not " + expectedNames);
        }
        return new TemplateText(template, fixed, List.copyOf(names));
    }

    private static String fixedLevel(String template, String level) {
        if (level.indexOf('{') >= 0 || level.indexOf('}') >= 0) {
            throw TopicRules.refusal(
                    "topic template",
                    template,
                    "\"" + level + "\" is neither fixed text nor a {name} that fills its level");
        }
        return level;
    }

    boolean startsWithLevel() {
        return fixed[0] == null;
    }

    String levelName(int index) {
        return names.get(index);
    }

    /** The text with {@code +} for each named level. */
    String filter() {
        String[] wildcards = new String[names.size()];
        Arrays.fill(wildcards, "+");
        return expand(wildcards);
    }

    String expand(String[] parts) {
        String name = between.get(0);
        for (int i = 0; i < parts.length; i++) {
            name = name
                    + parts[i]
                    + between.get(i + 1); // of the one level that most have it makes nothing but the name
        }
        return name;
    }

    /** The named levels of a name, or null if its fixed levels or their number differ. */
    String @Nullable [] split(String name) {
        String[] parts = new String[names.size()];
        int part = 0;
        int start = 0;
        for (int i = 0; i < fixed.length; i++) {
            int slash = name.indexOf('/', start);
            boolean last = i == fixed.length - 1;
            if (slash < 0 != last) {
                return null;
            }
            int end = last ? name.length() : slash;
            String text = fixed[i];
            if (text == null) {
                parts[part++] = name.substring(start, end);
            } else if (text.length() != end - start || !name.startsWith(text, start)) {
                return null;
            }
            start = end + 1;
        }
        return parts;
    }

    @Override
    public String toString() {
        return template;
    }
}
