package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.homeassistant.python.PythonBlanks;
import java.util.List;
import java.util.Optional;

/**
 * Whether Jinja 3 understands a template, with the extensions that Home Assistant loads (loop controls and do) and the
 * filters and tests that it has.
 */
public final class TemplateSyntax {

    private TemplateSyntax() {}

    /**
     * {@return what is wrong with a template: where and what was expected; empty if nothing is}
     *
     * @param template any text
     */
    public static Optional<String> error(String template) {
        try {
            parse(template);
            return Optional.empty();
        } catch (TemplateSyntaxException e) {
            return Optional.of(e.reason());
        }
    }

    /**
     * {@return whether Jinja understands a template, and Python refuses to compile what Jinja has made of it: a {@code break}
     *     outside of a loop, an argument given twice}
     *
     * @param template any text
     */
    public static boolean isRefusedByPython(String template) {
        try {
            parse(template);
            return false;
        } catch (TemplateSyntaxException e) {
            return e.isOfPython();
        }
    }

    /** The parts of a template, which Home Assistant reads without blanks at its ends. */
    static List<Statement> parse(String template) throws TemplateSyntaxException {
        return new StatementParser(new TokenStream(new TemplateLexer(PythonBlanks.stripped(template)).tokens()))
                .parseTemplate();
    }
}
