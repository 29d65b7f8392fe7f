package io.alicia.mqtt.homeassistant.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template in the language Jinja, as Home Assistant evaluates it: {@code {{ value_json.temperature }}} takes a field
 * out of a message, {@code {"state": "{{ value }}"}} makes a command.
 *
 * <p>Its syntax and the names of its filters and tests are checked when it is made; which functions there are, Home
 * Assistant finds out when it evaluates it. Immutable and safe to share between threads.
 */
public final class Template {

    private final String text;
    private final List<Statement> statements;

    private Template(String text, List<Statement> statements) {
        this.text = text;
        this.statements = statements;
    }

    /**
     * {@return a template}
     *
     * @param text a template, or a text without any
     * @throws IllegalArgumentException if Jinja refuses its syntax, or a filter or test that it does not know; the message says
     *     where and what was expected
     */
    public static Template of(String text) {
        try {
            return new Template(text, TemplateSyntax.parse(text));
        } catch (TemplateSyntaxException e) {
            throw new IllegalArgumentException("not a template: \"" + text + "\": " + e.reason(), e);
        }
    }

    /**
     * {@return the template that takes a field out of a JSON message: <code>{{ value_json.NAME }}</code>}
     *
     * @param name the field; may reach into objects with dots
     * @throws IllegalArgumentException if that is not what Jinja takes for a field
     */
    public static Template jsonField(String name) {
        return of("{{ value_json." + name + " }}");
    }

    /** {@return the template as written} */
    public String text() {
        return text;
    }

    List<Statement> statements() {
        return statements;
    }

    /** {@return whether there is nothing to evaluate in it} */
    public boolean isStatic() {
        return !text.contains("{{") && !text.contains("{%") && !text.contains("{#");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Template that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the template as written} */
    @Override
    public String toString() {
        return text;
    }
}
