package io.alicia.mqtt.client.cli;

import io.alicia.mqtt.connection.ServerAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which server somebody may mean who names a file that is not there, because a scheme is missing or spelt in half. */
final class MeantServer {

    private static final Pattern HALF_A_SCHEME = Pattern.compile("(mqtts?|wss?):/?([^/].*)");

    /** What files of messages are called, and hosts are not. */
    private static final Pattern FILE = Pattern.compile(".*\\.(jsonl?|ndjson|txt|log)");

    private MeantServer() {}

    static Optional<String> by(String source) {
        if (FILE.matcher(source).matches()) {
            return Optional.empty();
        }
        Matcher half = HALF_A_SCHEME.matcher(source);
        String address = half.matches() ? half.group(1) + "://" + half.group(2) : "mqtt://" + source;
        try {
            ServerAddress unused = ServerAddress.of(address);
            return Optional.of(address);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no server's address, so it was a file that was meant
        }
    }
}
