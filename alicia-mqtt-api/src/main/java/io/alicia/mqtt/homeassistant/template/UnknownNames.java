package io.alicia.mqtt.homeassistant.template;

import java.util.ArrayList;
import java.util.List;

/**
 * The names of filters and tests read so far that Home Assistant does not have.
 *
 * <p>Jinja refuses them when it compiles a template, but not below an {@code if}: there it waits until the name is
 * evaluated. What a loop, a macro or another block encloses is compiled for itself, below an {@code if} or not.
 */
final class UnknownNames {

    private final List<TemplateSyntaxException> seen = new ArrayList<>();

    void sawFilter(int index, String name) {
        if (!KnownNames.isFilter(name)) {
            seen.add(new TemplateSyntaxException(index, "Home Assistant has no filter " + name));
        }
    }

    void sawTest(int index, String name) {
        if (!KnownNames.isTest(name)) {
            seen.add(new TemplateSyntaxException(index, "Home Assistant has no test " + name));
        }
    }

    /** Where the names of a part of the template begin. */
    int mark() {
        return seen.size();
    }

    /** Lets pass the names since a mark: they are below an {@code if}. */
    void forgive(int mark) {
        seen.subList(mark, seen.size()).clear();
    }

    /** Refuses the first name since a mark. */
    void refuse(int mark) throws TemplateSyntaxException {
        if (seen.size() > mark) {
            throw seen.get(mark);
        }
    }
}
