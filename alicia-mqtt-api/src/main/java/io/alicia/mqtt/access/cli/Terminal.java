package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.AccessText;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the command is run: what comes in, and whether a person looks at it. */
final class Terminal {

    private final InputStream bytes;
    private final BufferedReader in;
    private final @Nullable Console console;
    private final Map<String, String> environment;
    private final boolean colours;
    private boolean begun;
    private @Nullable AccessText standardInput;

    Terminal(InputStream in, @Nullable Console console, Map<String, String> environment, boolean colours) {
        this.bytes = in;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        this.console = console;
        this.environment = environment;
        this.colours = colours;
    }

    /** Of this process: with colours if a person looks at them and did not refuse them ({@code NO_COLOR}). */
    static Terminal ofProcess() {
        Console console = console();
        return new Terminal(System.in, console, System.getenv(), console != null && System.getenv("NO_COLOR") == null);
    }

    /** The console if it is a terminal: from Java 22 on there is one in any case, and it says so itself. */
    @SuppressWarnings("SystemConsoleNull") // null until Java 21; from then on it is asked
    private static @Nullable Console console() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            Object terminal = Console.class.getMethod("isTerminal").invoke(console);
            return Boolean.TRUE.equals(terminal) ? console : null;
        } catch (NoSuchMethodException e) {
            return console;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    boolean colours() {
        return colours;
    }

    /** The next line of the standard input, or null at its end; without the byte order mark that PowerShell and Excel write. */
    @Nullable
    String readLine() {
        try {
            String line = in.readLine();
            boolean marked = !begun && line != null && line.startsWith("\uFEFF");
            begun = true;
            return marked && line != null ? line.substring(1) : line;
        } catch (CharacterCodingException e) {
            throw new CommandFailure(Main.UNUSABLE, "the standard input is not UTF-8");
        } catch (IOException e) {
            throw new CommandFailure(Main.UNREACHABLE, "the standard input cannot be read: " + e.getMessage());
        }
    }

    /** The standard input as a file, which is the same however often it is asked for. */
    AccessText standardInput() {
        if (standardInput == null) {
            try {
                standardInput = AccessText.read("(standard input)", bytes);
            } catch (IOException e) {
                throw new CommandFailure(Main.UNREACHABLE, "the standard input cannot be read: " + e.getMessage());
            }
        }
        return standardInput;
    }

    @Nullable
    String environment(String name) {
        return environment.get(name);
    }

    /** Asks twice for a password, without showing it. */
    String askPassword(String account) {
        if (console == null) {
            throw new CommandFailure(
                    Main.UNUSABLE,
                    "there is no terminal to ask for the password of " + account + "; use --stdin or --env NAME");
        }
        char[] first = console.readPassword("Password of %s: ", account);
        char[] second = console.readPassword("The same again: ");
        if (first == null || second == null) {
            throw new CommandFailure(Main.UNUSABLE, "no password was given");
        }
        String password = new String(first);
        if (!password.equals(new String(second))) {
            throw new CommandFailure(Main.UNUSABLE, "the two passwords differ; nothing was changed");
        }
        return password;
    }

    String red(String text) {
        return coloured("31", text);
    }

    String yellow(String text) {
        return coloured("33", text);
    }

    String green(String text) {
        return coloured("32", text);
    }

    private String coloured(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
