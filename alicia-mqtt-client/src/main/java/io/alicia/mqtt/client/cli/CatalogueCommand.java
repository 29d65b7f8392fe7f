package io.alicia.mqtt.client.cli;

import io.alicia.mqtt.homeassistant.DiscoveryCatalogue;
import io.alicia.mqtt.homeassistant.DiscoveryMessage;
import io.alicia.mqtt.homeassistant.DiscoveryWriter;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alicia-ha catalogue}. */
@Command(
        name = "catalogue",
        description =
                "Prints the smallest and the fullest message of every component and variant, as the builders write them.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class CatalogueCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--json",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "One JSON line for each, which alicia-ha check reads, unless --no-json is given.")
    private boolean json = true;

    @Option(names = "--full-names", description = "Full names instead of abbreviations.")
    private boolean fullNames;

    @Mixin
    private PrefixOption prefix = new PrefixOption();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        DiscoveryWriter abbreviating = DiscoveryWriter.create().withPrefix(prefix.checked());
        DiscoveryWriter writer = fullNames ? abbreviating.withFullNames() : abbreviating;
        DiscoveryCatalogue.messages(writer).forEach((name, message) -> out.println(line(name, message)));
        return 0;
    }

    private String line(String name, DiscoveryMessage message) {
        return json
                ? DiscoveryCatalogue.line(name, message).toString()
                : name + "\n    " + message.topic().topicName() + "\n    "
                        + message.content().map(Object::toString).orElse("");
    }
}
