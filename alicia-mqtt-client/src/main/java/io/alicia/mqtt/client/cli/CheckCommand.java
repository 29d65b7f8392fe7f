package io.alicia.mqtt.client.cli;

import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.JudgedMessage;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code alicia-ha check}. */
@Command(
        name = "check",
        description = {
            "Says of each message whether Home Assistant takes it, and why not.",
            "The messages are lines of files, {\"id\"?, \"topic\", \"payload\"} each, where a payload that is a string is"
                    + " the text as it is; or what is retained on the discovery topics of a server."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {
            "",
            "A line that cannot be used is told of, and the rest goes on.",
            "A message of a component that Home Assistant does not discover is ignored, and counts as refused; what is",
            "on other topics is ignored, too, and does not count.",
            "For example:",
            "  alicia-ha check messages.jsonl more.jsonl",
            "  alicia-ha check mqtt://house --account alicia --follow"
        })
final class CheckCommand implements Callable<Integer> {

    private static final Pattern SERVER = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

    @ParentCommand
    private Main main = new Main(new Interruption());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "SOURCE",
            description = "Files of lines of JSON, or a server such as mqtt://house or wss://house/mqtt; the standard"
                    + " input if none is given, or -.")
    private List<String> sources = List.of();

    @Option(
            names = "--json",
            description =
                    "One JSON line for each message: {\"id\",\"verdict\",\"at\",\"dropped\",\"hints\"}, and \"reasons\""
                            + " where something is refused.")
    private boolean json;

    @Mixin
    private PrefixOption prefix = new PrefixOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() {
        String topics = prefix.checked();
        List<String> servers = sources.stream()
                .filter(source -> SERVER.matcher(source).matches())
                .toList();
        if (!servers.isEmpty() && sources.size() > 1) {
            throw new CommandFailure(
                    Main.UNUSABLE, "a server is judged by itself, not together with other files or servers");
        }
        server.require(!servers.isEmpty());
        VerdictPrinter printer =
                new VerdictPrinter(spec.commandLine().getOut(), DiscoveryChecker.withPrefix(topics), json);
        int exitCode = servers.isEmpty()
                ? files(printer)
                : new LiveCheck(servers.get(0), topics, server, main.interruption(), printer, err()).run();
        printer.summary();
        return exitCode;
    }

    private int files(VerdictPrinter printer) {
        boolean unusable = false;
        for (String source : sources.isEmpty() ? List.of("-") : sources) {
            unusable |= lines(source, printer);
        }
        return unusable ? Main.UNUSABLE : printer.exitCode();
    }

    /** Judges a file, and says whether a line of it cannot be used. */
    private boolean lines(String source, VerdictPrinter printer) {
        boolean unusable = false;
        try (LineReader lines = new LineReader(open(source))) {
            boolean more = true;
            while (more) {
                try {
                    more = line(lines, printer);
                } catch (PayloadException e) {
                    unusable = true;
                    complain(source, lines.number(), e.getMessage());
                } catch (CharacterCodingException e) {
                    unusable = true;
                    complain(source, lines.number(), "not UTF-8");
                }
            }
        } catch (NoSuchFileException | FileNotFoundException e) {
            String hint = MeantServer.by(source)
                    .map(address -> "; a server is said as " + address)
                    .orElse("");
            throw new CommandFailure(Main.UNREACHABLE, "there is no file " + source + hint);
        } catch (IOException e) {
            throw new CommandFailure(Main.UNREACHABLE, source + " cannot be read: " + e.getMessage());
        }
        return unusable;
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

    private static InputStream open(String source) throws IOException {
        if (source.equals("-")) {
            return System.in;
        }
        Path file = Path.of(source);
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        }
        return new FileInputStream(file.toFile());
    }

    private void complain(String source, int line, @Nullable String reason) {
        PrintWriter err = err();
        err.println(
                "alicia-ha: " + (source.equals("-") ? "standard input" : source) + ", line " + line + ": " + reason);
        err.flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
