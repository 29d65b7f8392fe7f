package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.connection.ServerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
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
            "Each ESP32 of the house has an account of its own, called as the device is,",
            "which may speak for that device alone. With --server one whose password is not",
            "in the environment, such as ALICIA_PASSWORD_HALL_BULB, logs in as esp32_device.",
            "",
            "Two houses on one broker are the same devices twice: the one that ends first",
            "tells that they are offline.",
            "",
            "Exit code: 0 when all went well, 1 when a step of the story failed or the house",
            "could not start, 2 for a wrong option, 130 after Ctrl-C, which",
            "closes it at any time."
        })
final class HouseOptions {

    /** Who is not told otherwise lets nobody in from the network. */
    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "--once",
            description = "End after the story. The same as HOUSE_ONCE=1 in the environment.",
            defaultValue = "${env:HOUSE_ONCE:-false}",
            // Without it, the option would turn off what the environment turned on.
            fallbackValue = "true",
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
            names = "--bind",
            paramLabel = "ADDRESS",
            description = {
                "Address to listen at, Mosquitto's bind_address:",
                "0.0.0.0 for all of this machine, so that other devices",
                "can join. The passwords then cross the network",
                "unencrypted. Default: ${DEFAULT-VALUE}, this machine alone."
            },
            defaultValue = LOOPBACK,
            converter = Address.class)
    String bind = LOOPBACK;

    @Option(
            names = "--server",
            paramLabel = "URI",
            description = {
                "Live on a broker that runs already, such as",
                "mqtt://127.0.0.1:1883, instead of one of its own.",
                "The passwords of its accounts then come from the environment."
            },
            converter = Server.class)
    @Nullable
    String server;

    /**
     * Refuses what would have no effect.
     *
     * @throws ParameterException if there is something
     */
    void refuseWithoutEffect(ParseResult given) {
        for (String option : List.of("--mqtt-port", "--websocket-port", "--bind")) {
            if (server != null && given.hasMatchedOption(option)) {
                throw new ParameterException(
                        given.commandSpec().commandLine(),
                        option + " is for the house's own broker, and with --server there is none");
            }
        }
    }

    /** Refuses what no address of an MQTT server can be before anything starts. */
    static final class Server implements ITypeConverter<String> {

        private static final List<String> SCHEMES = List.of("mqtt", "mqtts", "ws", "wss");

        @Override
        public String convert(String value) {
            try {
                String scheme = ServerAddress.of(value).scheme();
                if (!SCHEMES.contains(scheme)) {
                    throw new TypeConversionException("expected a scheme of " + SCHEMES + ", got " + scheme);
                }
                return value;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Refuses an empty address, which would be another one than the empty one looks like. */
    static final class Address implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (value.isBlank()) {
                throw new TypeConversionException(
                        "expected an address such as 127.0.0.1 or 0.0.0.0, got '" + value + "'");
            }
            return value.strip();
        }
    }

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
