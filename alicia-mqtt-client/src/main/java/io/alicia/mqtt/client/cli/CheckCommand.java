package io.alicia.mqtt.client.cli;

import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.JudgedMessage;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alicia-ha check}. */
@Command(
        name = "check",
        description = {
            "Says of each message whether Home Assistant takes it, and why not.",
            "The messages are lines of a file, {\"id\"?, \"topic\", \"payload\"} each, where a payload that is a string is"
                    + " the text as it is; or what is retained on the discovery topics of a server."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {
            "",
            "A line that cannot be used is told of, and the rest goes on.",
            "For example:",
            "  alicia-ha check messages.jsonl",
            "  alicia-ha check mqtt://house --account alicia --follow"
        })
final class CheckCommand implements Callable<Integer> {

    private static final Pattern SERVER = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "SOURCE",
            description = "A file of lines of JSON, or a server such as mqtt://house or wss://house/mqtt; the standard"
                    + " input if none is given, or -.")
    private String source = "-";

    @Option(
            names = "--json",
            description = "One JSON line for each message: {\"id\",\"verdict\",\"at\",\"dropped\",\"hints\"}.")
    private boolean json;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            defaultValue = DiscoveryTopic.DEFAULT_PREFIX,
            description = "The discovery prefix; ${DEFAULT-VALUE} unless given.")
    private String prefix = DiscoveryTopic.DEFAULT_PREFIX;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() {
        VerdictPrinter printer =
                new VerdictPrinter(spec.commandLine().getOut(), DiscoveryChecker.withPrefix(prefix), json);
        int exitCode = SERVER.matcher(source).matches()
                ? new LiveCheck(source, prefix, server, printer, err()).run()
                : lines(printer);
        printer.summary();
        return exitCode;
    }

    private int lines(VerdictPrinter printer) {
        boolean unusable = false;
        try (LineReader lines = new LineReader(open())) {
            boolean more = true;
            while (more) {
                try {
                    more = line(lines, printer);
                } catch (PayloadException e) {
                    unusable = true;
                    complain(lines.number(), e.getMessage());
                } catch (CharacterCodingException e) {
                    unusable = true;
                    complain(lines.number(), "not UTF-8");
                }
            }
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new CommandFailure(Main.UNREACHABLE, "there is no file " + source);
        } catch (IOException e) {
            throw new CommandFailure(Main.UNREACHABLE, source + " cannot be read: " + e.getMessage());
        }
        return unusable ? Main.UNUSABLE : printer.exitCode();
    }

    private static boolean line(LineReader lines, VerdictPrinter printer) throws IOException {
        String line = lines.next();
        if (line == null) {
            return false;
        }
        if (!line.isBlank()) {
            printer.print(JudgedMessage.parse(line));
        }
        return true;
    }

    private InputStream open() throws IOException {
        if (source.equals("-")) {
            return System.in;
        }
        Path file = Path.of(source);
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        }
        return new FileInputStream(file.toFile());
    }

    private void complain(int line, @Nullable String reason) {
        PrintWriter err = err();
        err.println(
                "alicia-ha: " + (source.equals("-") ? "standard input" : source) + ", line " + line + ": " + reason);
        err.flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
