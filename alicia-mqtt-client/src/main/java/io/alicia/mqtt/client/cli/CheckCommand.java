package io.alicia.mqtt.client.cli;

import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.JudgedMessage;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alicia-ha check}. */
@Command(
        name = "check",
        description = {
            "Says of each message whether Home Assistant takes it, and why not.",
            "A line of FILE is {\"id\"?, \"topic\", \"payload\"}; a payload that is a string is the text as it is."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A file of lines of JSON; the standard input if none is given, or -.")
    private String file = "-";

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

    @Override
    public Integer call() {
        VerdictPrinter printer =
                new VerdictPrinter(spec.commandLine().getOut(), DiscoveryChecker.withPrefix(prefix), json);
        try (BufferedReader lines = open()) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    printer.print(parsed(line, number));
                }
            }
        } catch (NoSuchFileException e) {
            throw new CommandFailure(Main.UNREACHABLE, "there is no file " + file);
        } catch (CharacterCodingException e) {
            throw new CommandFailure(Main.UNUSABLE, file + " is not UTF-8");
        } catch (IOException e) {
            throw new CommandFailure(Main.UNREACHABLE, file + " cannot be read: " + e.getMessage());
        }
        return printer.exitCode();
    }

    private BufferedReader open() throws IOException {
        InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    }

    private JudgedMessage parsed(String line, int number) {
        try {
            return JudgedMessage.parse(line);
        } catch (PayloadException e) {
            PrintWriter out = spec.commandLine().getOut();
            out.flush();
            throw new CommandFailure(Main.UNUSABLE, file + ", line " + number + ": " + e.getMessage());
        }
    }
}
