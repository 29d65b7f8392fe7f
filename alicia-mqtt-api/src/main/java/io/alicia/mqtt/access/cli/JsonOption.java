package io.alicia.mqtt.access.cli;

import picocli.CommandLine.Option;

/** The option that every command for scripts has. */
final class JsonOption {

    @Option(names = "--json", description = "For machines: one JSON object a line.")
    private boolean json;

    boolean json() {
        return json;
    }
}
