package io.alicia.mqtt.client.cli;

import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import picocli.CommandLine.Option;

/** Where Home Assistant listens. */
final class PrefixOption {

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            defaultValue = DiscoveryTopic.DEFAULT_PREFIX,
            description = "The discovery prefix; ${DEFAULT-VALUE} unless given.")
    private String prefix = DiscoveryTopic.DEFAULT_PREFIX;

    /** The prefix, which is one. */
    String checked() {
        try {
            return DiscoveryTopic.requirePrefix(prefix);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Main.UNUSABLE, "--prefix: " + e.getMessage());
        }
    }
}
