package io.alicia.mqtt.examples.house;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the command line says about the house. */
@Command(
        name = "house",
        mixinStandardHelpOptions = true,
        version = "Alicia MQTT example house",
        sortOptions = false,
        description = "A whole Alicia house in one process: broker, devices, services, and the story they play.",
        footer = {
            "",
            "Passwords are made anew at every start and printed, or come from the",
            "environment: ALICIA_PASSWORD_<ACCOUNT>, such as ALICIA_PASSWORD_MOBILE_APP.",
            "",
            "Exit code: 0 when all went well, 1 when a step of the story failed or the house",
            "could not start, 2 for a wrong option."
        })
final class HouseOptions {

    @Option(
            names = "--once",
            description = "End after the story. The same as HOUSE_ONCE=1 in the environment.",
            defaultValue = "${env:HOUSE_ONCE:-false}",
            converter = Switch.class)
    boolean once;

    @Option(
            names = "--mqtt-port",
            paramLabel = "PORT",
            description = "TCP port of MQTT, 0 for any free one. Default: ${DEFAULT-VALUE}",
            defaultValue = "1883",
            converter = Port.class)
    int mqttPort;

    @Option(
            names = "--websocket-port",
            paramLabel = "PORT",
            description = "Port of MQTT over WebSocket, 0 for any free one. Default: ${DEFAULT-VALUE}",
            defaultValue = "9001",
            converter = Port.class)
    int webSocketPort;

    @Option(
            names = "--server",
            paramLabel = "URI",
            description = {
                "Live on a broker that runs already, such as",
                "mqtt://127.0.0.1:1883, instead of one of its own.",
                "The passwords of its accounts then come from the environment."
            })
    @Nullable
    String server;

    /** Refuses what no port can be before anything starts. */
    static final class Port implements ITypeConverter<Integer> {

        private static final int MAX = 65_535;

        @Override
        public Integer convert(String value) {
            if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= MAX) {
                return Integer.parseInt(value);
            }
            throw new TypeConversionException("expected a port of 0 to " + MAX + ", got '" + value + "'");
        }
    }

    /** Reads {@code HOUSE_ONCE=1} as well as {@code true}. */
    static final class Switch implements ITypeConverter<Boolean> {
        @Override
        public Boolean convert(String value) {
            return switch (value.trim().toLowerCase(java.util.Locale.ROOT)) {
                case "1", "true", "yes", "on", "" -> true;
                case "0", "false", "no", "off" -> false;
                default -> throw new TypeConversionException("expected 1 or 0, got '" + value + "'");
            };
        }
    }
}
