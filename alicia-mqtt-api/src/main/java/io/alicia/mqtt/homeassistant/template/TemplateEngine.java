package io.alicia.mqtt.homeassistant.template;

import java.util.Map;

/** Evaluates templates. What it cannot evaluate it says so, and never guesses. Safe for several threads. */
public interface TemplateEngine {

    /**
     * Evaluates a template as Home Assistant would.
     *
     * @param template the template
     * @param variables its variables: texts, numbers, booleans, lists and maps of those, and nulls within them
     * @return the text that it gives, without white space around it
     * @throws TemplateEvaluationException if the engine does not know a function, a filter or a form that it uses, or a
     *     variable is not there
     */
    String evaluate(Template template, Map<String, ?> variables);

    /**
     * {@return the variables of a template that looks at a message: {@code value} and, if it is JSON, {@code value_json}}
     *
     * @param payload the message's payload
     */
    static Map<String, ?> variables(String payload) {
        return Variables.of(payload);
    }

    /**
     * {@return an engine for static templates and for those that only look something up: <code>{{ value }}</code>, <code>{{
     * value_json.battery['level'] }}</code>; it needs no library}
     */
    static TemplateEngine lookups() {
        return LookupEngine.INSTANCE;
    }
}
