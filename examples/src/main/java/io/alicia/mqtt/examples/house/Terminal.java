package io.alicia.mqtt.examples.house;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether somebody looks at the output, who would like colours. */
final class Terminal {

    private Terminal() {}

    /** Follows the conventions of {@code NO_COLOR} and {@code TERM=dumb}. */
    static boolean wantsColours(boolean terminal, Map<String, String> environment) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return terminal && !refused;
    }

    /** From JDK 22 on there is a console without a terminal too, and it says so; before, there was none. */
    static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
