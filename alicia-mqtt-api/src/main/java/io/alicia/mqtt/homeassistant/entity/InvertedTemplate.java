package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way back through a command's template: what its variables were, if the template is nothing but a text with variables in
 * it. Templates that calculate, decide or filter have no way back, nor have payloads that several values could have made.
 *
 * @param names the variables in their order
 * @param reluctant matches what the template makes, each variable as short as can be
 * @param greedy matches the same, each as long as can be
 */
record InvertedTemplate(List<String> names, Pattern reluctant, Pattern greedy) {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z_]\\w*)\\s*\\}\\}");

    /** The way back, or empty if there is none. */
    static Optional<InvertedTemplate> of(Template template) {
        String text = template.text().strip();
        List<String> names = new ArrayList<>();
        StringBuilder pattern = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        int end = 0;
        while (variable.find()) {
            String between = text.substring(end, variable.start());
            if ((between.isEmpty() && !names.isEmpty()) || isJinja(between)) {
                return Optional.empty();
            }
            pattern.append(Pattern.quote(between)).append(group(names, variable.group(1)));
            names.add(variable.group(1));
            end = variable.end();
        }
        String rest = text.substring(end);
        if (names.isEmpty() || isJinja(rest)) {
            return Optional.empty();
        }
        pattern.append(Pattern.quote(rest));
        return Optional.of(new InvertedTemplate(
                List.copyOf(names),
                Pattern.compile(pattern.toString(), Pattern.DOTALL),
                Pattern.compile(pattern.toString().replace("(.*?)", "(.*)"), Pattern.DOTALL)));
    }

    /** A variable that stands there a second time is the same again. */
    private static String group(List<String> before, String name) {
        int first = before.indexOf(name);
        return first < 0 ? "(.*?)" : "(\\" + (first + 1) + ")";
    }

    private static boolean isJinja(String text) {
        return text.contains("{{") || text.contains("{%") || text.contains("{#");
    }

    /** The variables that made a payload, or empty if none could, or several could. */
    Optional<Map<String, String>> variables(String payload) {
        Optional<Map<String, String>> shortest = matched(reluctant, payload);
        return shortest.filter(
                found -> matched(greedy, payload).filter(found::equals).isPresent());
    }

    private Optional<Map<String, String>> matched(Pattern pattern, String payload) {
        Matcher matcher = pattern.matcher(payload);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            found.put(names.get(i), matcher.group(i + 1));
        }
        return Optional.of(found);
    }
}
