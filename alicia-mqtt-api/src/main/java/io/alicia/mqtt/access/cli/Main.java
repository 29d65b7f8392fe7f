package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.AccessFileException;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code alicia-acl}. */
@Command(
        name = "alicia-acl",
        description = "Checks, explains, compares and converts who may publish and receive what.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "FILE is a Mosquitto acl_file, a password_file or the JSON of its dynamic-security plugin; a file that is read",
            "may be a pipe, and - is the standard input.",
            "Exit codes: 0 yes, the same or no errors; 1 denied, different or errors found;",
            "2 the command line or a file cannot be used; 3 a file cannot be read or written."
        })
public final class Main {

    /** Denied, different, or errors found. */
    static final int NO = 1;

    /** The command line or a file's content cannot be used. */
    static final int UNUSABLE = 2;

    /** A file cannot be read or written. */
    static final int UNREACHABLE = 3;

    /** What is wrong with a text that {@link #isMangled}. */
    static final String MANGLED = "is not text in the character set of this locale, which is "
            + System.getProperty("sun.jnu.encoding") + "; with LC_ALL=C.UTF-8 it is taken for UTF-8";

    Main() {}

    /** Whether bytes were lost when a JVM made {@code text} of them. */
    static boolean isMangled(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        Output bytes = new Output(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = writer(bytes);
        PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
        int exitCode = finished(run(Terminal.ofProcess(), out, err, arguments), bytes, out, err);
        err.flush();
        System.exit(exitCode);
    }

    /** The exit code, once all is written that was printed to {@code out}. */
    static int finished(int exitCode, Output bytes, PrintWriter out, PrintWriter err) {
        out.flush();
        Optional<IOException> failure = bytes.failure();
        failure.ifPresent(why -> err.println("alicia-acl: the output cannot be written: " + why.getMessage()));
        return failure.isPresent() ? UNREACHABLE : exitCode;
    }

    /** Runs the command. */
    static int run(Terminal terminal, PrintWriter out, PrintWriter err, String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (isMangled(arguments[i])) {
                err.println("alicia-acl: argument " + (i + 1) + " " + MANGLED);
                return UNUSABLE;
            }
        }
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new ExplainCommand(terminal))
                .addSubcommand(new MatrixCommand(terminal))
                .addSubcommand(new DiffCommand(terminal))
                .addSubcommand(new ConvertCommand(terminal))
                .addSubcommand(new PasswdCommand(terminal))
                .addSubcommand(new StandardCommand());
        return line.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command.getErr()))
                .execute(arguments);
    }

    private static int report(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof CommandFailure known) {
            err.println("alicia-acl: " + known.getMessage());
            return known.exitCode();
        }
        if (failure instanceof AccessFileException refused) {
            err.println("alicia-acl: " + refused.getMessage());
            return refused.line() == 0 ? UNREACHABLE : UNUSABLE;
        }
        if (failure instanceof NoSuchFileException missing) {
            err.println("alicia-acl: " + missing.getFile() + ": there is no such file or folder");
            return UNREACHABLE;
        }
        if (failure instanceof IOException io) {
            err.println("alicia-acl: " + io.getMessage());
            return UNREACHABLE;
        }
        throw failure;
    }

    static PrintWriter writer(OutputStream out) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
    }

    /** What the command says about itself. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() throws IOException {
            try (InputStream text = Main.class.getResourceAsStream("version.txt")) {
                String version = text == null ? "unknown" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
                return new String[] {"alicia-acl " + version.strip() + ", with the semantics of Mosquitto 2.1"};
            }
        }
    }
}
