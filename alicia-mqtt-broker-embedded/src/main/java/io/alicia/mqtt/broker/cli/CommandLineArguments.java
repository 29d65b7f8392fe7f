package io.alicia.mqtt.broker.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What the operator typed, with Mosquitto's meaning of each flag.
 *
 * @param configFile of {@code -c}
 * @param ports of {@code -p}
 * @param daemon whether {@code -d} is given
 * @param verbose whether {@code -v} is given
 * @param quiet whether {@code -q} is given
 * @param testConfig whether {@code --test-config} is given
 * @param help whether {@code -h} is given
 * @param version whether {@code --version} is given
 * @param tlsKeylog whether {@code --tls-keylog} is given
 * @param strictSubscriptions whether {@code --strict-subscriptions} is given, which Mosquitto does not have
 */
record CommandLineArguments(
        Optional<String> configFile,
        List<Integer> ports,
        boolean daemon,
        boolean verbose,
        boolean quiet,
        boolean testConfig,
        boolean help,
        boolean version,
        boolean tlsKeylog,
        boolean strictSubscriptions) {

    /** As many ports as Mosquitto takes. */
    private static final int MAX_PORTS = 10;

    private static final int MAX_PORT = 65_535;

    static CommandLineArguments parse(List<String> arguments) throws UsageException {
        // The model is built by hand: finding annotations would cost a tenth of the start-up time.
        CommandSpec spec = CommandSpec.create()
                .addOption(text("-c", "--config-file"))
                .addOption(flag("-d", "--daemon"))
                .addOption(flag("-h", "--help"))
                .addOption(text("-p", "--port"))
                .addOption(flag("-q", "--quiet"))
                .addOption(flag("-v", "--verbose"))
                .addOption(flag("--strict-subscriptions"))
                .addOption(flag("--test-config"))
                .addOption(text("--tls-keylog"))
                .addOption(flag("--version"));
        spec.parser().posixClusteredShortOptionsAllowed(false).allowOptionsAsOptionParameters(true);
        CommandLine.ParseResult result;
        try {
            result = new CommandLine(spec).parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.UnmatchedArgumentException e) {
            throw new UsageException(
                    "Error: Unknown option '" + e.getUnmatched().get(0) + "'.", true);
        } catch (CommandLine.MissingParameterException e) {
            throw new UsageException(missing(e), false);
        } catch (CommandLine.ParameterException e) {
            throw new UsageException("Error: " + e.getMessage(), true);
        }
        return new CommandLineArguments(
                last(result, "-c"),
                ports(values(result, "-p")),
                result.hasMatchedOption("-d"),
                result.hasMatchedOption("-v"),
                result.hasMatchedOption("-q"),
                result.hasMatchedOption("--test-config"),
                result.hasMatchedOption("-h"),
                result.hasMatchedOption("--version"),
                result.hasMatchedOption("--tls-keylog"),
                result.hasMatchedOption("--strict-subscriptions"));
    }

    private static OptionSpec flag(String name, String... names) {
        return OptionSpec.builder(name, names).arity("0").type(boolean[].class).build();
    }

    private static OptionSpec text(String name, String... names) {
        return OptionSpec.builder(name, names)
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build();
    }

    private static String missing(CommandLine.MissingParameterException e) {
        String option = e.getMissing().get(0) instanceof OptionSpec given ? given.shortestName() : "";
        String value = switch (option) {
            case "-c" -> "config file";
            case "-p" -> "port";
            default -> "file";
        };
        return "Error: " + option + " argument given, but no " + value + " specified.";
    }

    private static List<String> values(CommandLine.ParseResult result, String name) {
        @Nullable List<String> values = result.matchedOptionValue(name, null);
        return values == null ? List.of() : values;
    }

    private static Optional<String> last(CommandLine.ParseResult result, String name) {
        List<String> values = values(result, name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    private static List<Integer> ports(List<String> words) throws UsageException {
        if (words.size() > MAX_PORTS) {
            throw new UsageException(
                    "Error: Only " + MAX_PORTS + " ports can be specified on the command line.", false);
        }
        List<Integer> ports = new ArrayList<>();
        for (String word : words) {
            int port = number(word);
            if (port < 1 || port > MAX_PORT) {
                throw new UsageException("Error: Invalid port specified (" + port + ").", false);
            }
            ports.add(port);
        }
        return List.copyOf(ports);
    }

    private static int number(String word) {
        try {
            return Integer.parseInt(word.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
