package io.alicia.mqtt.homeassistant.template;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Jinja understands and Python refuses when it compiles what Jinja has made of it: Home Assistant's check of the message
 * ends in a {@code SyntaxError} then.
 */
final class PythonErrors {

    /** Jinja hands arguments with these names over in a dictionary, in which the last one counts. */
    private static final Set<String> KEYWORDS = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    private @Nullable TemplateSyntaxException first;
    private int loops;

    /** Enters what is within another loop, or, with none, what Python takes for a function of its own. */
    int enter(boolean loop) {
        int outside = loops;
        loops = loop ? loops + 1 : 0;
        return outside;
    }

    void leave(int outside) {
        loops = outside;
    }

    void sawLoopControl(Token name) {
        if (loops == 0) {
            saw(name.index(), name.text() + " outside of a loop");
        }
    }

    void sawArgumentAgain(Token name) {
        if (!KEYWORDS.contains(name.text())) {
            saw(name.index(), "the argument " + name.text() + " is given again");
        }
    }

    void sawParameterAgain(Token name) {
        saw(name.index(), "the parameter " + name.text() + " is there twice");
    }

    private void saw(int index, String reason) {
        if (first == null) {
            first = new TemplateSyntaxException(index, reason, true);
        }
    }

    void refuse() throws TemplateSyntaxException {
        if (first != null) {
            throw first;
        }
    }
}
