package io.alicia.mqtt.client.cli;

import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code alicia-ha}. */
@Command(
        name = "alicia-ha",
        description = "Says what Home Assistant makes of MQTT discovery messages.",
        subcommands = {CheckCommand.class, CatalogueCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 all is taken; 1 something is refused, or is of a component that Home Assistant does not know; 2 the command line or a part of the input cannot be used;",
            "3 a file cannot be read, a server cannot be reached, or the output cannot be written."
        })
public final class Main {

    /** Something is refused. */
    static final int REFUSED = 1;

    /** The command line or a part of the input cannot be used. */
    static final int UNUSABLE = 2;

    /** A file cannot be read, a server cannot be reached, or the output cannot be written. */
    static final int UNREACHABLE = 3;

    private final Interruption interruption;

    Main(Interruption interruption) {
        this.interruption = interruption;
    }

    /** By which the process ends before the command does. */
    Interruption interruption() {
        return interruption;
    }

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        FirstFailure output = new FirstFailure(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = writer(output);
        PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
        Interruption interruption = new Interruption();
        int exitCode = run(interruption, out, err, arguments);
        out.flush();
        if (output.reason().isPresent()) {
            err.println("alicia-ha: the output cannot be written: "
                    + output.reason().get());
            exitCode = UNREACHABLE;
        }
        err.flush();
        interruption.exit(exitCode);
    }

    /** Runs the command. */
    static int run(Interruption interruption, PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Main(interruption))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof CommandFailure known) {
                        command.getErr().println("alicia-ha: " + known.getMessage());
                        return known.exitCode();
                    }
                    throw failure;
                })
                .execute(arguments);
    }

    /** Lines are JSON, and JSON is UTF-8, whatever the terminal's encoding. */
    private static PrintWriter writer(OutputStream to) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8)));
    }

    /** The version of Home Assistant by whose rules it judges. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"alicia-ha, by the rules of Home Assistant " + DiscoveryChecker.homeAssistantVersion()
            };
        }
    }
}
