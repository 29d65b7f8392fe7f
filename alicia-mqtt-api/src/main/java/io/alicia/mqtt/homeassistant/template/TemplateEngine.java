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
     * {@return the engine that evaluates templates as Jinja does in Home Assistant: fields of JSON, {@code if}, {@code for} and
     * {@code set}, operators, and the usual filters, tests, functions and methods, within bounds of time and memory. What needs Home Assistant itself, such as states or the
     * time, and what it does not know it says}
     */
    static TemplateEngine jinja() {
        return JinjaEngine.INSTANCE;
    }
}
