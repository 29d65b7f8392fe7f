package io.alicia.mqtt.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.config.RealMosquitto.Outcome;
import io.alicia.mqtt.ports.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every option, with good and broken values, to Mosquitto 2.0 and to this parser: what one refuses as a configuration
 * (exit code 3) the other refuses, for the same reason. Where Mosquitto 2.1 differs from 2.0, or this broker from both,
 * {@link #expectedDifference} says so.
 */
class ConfDifferentialTest {

    /** How 2.1 says what 2.0 says otherwise; both without quotation marks. */
    private static final Map<String, String> SAID_SINCE_2_1 = Map.ofEntries(
            Map.entry(
                    "Error: Empty listener value in configuration.",
                    "Error: Empty listener port value in configuration."),
            Map.entry(
                    "Error: Empty auth_plugin value in configuration.", "Error: Empty plugin value in configuration."),
            Map.entry(
                    "Error: Websockets headers size must be between 0 and 65535 inclusive.",
                    "Error: Packet buffer size must be between 0 and 65535 inclusive."),
            Map.entry(
                    "Error: You must use create a listener before using the mount_point option in the configuration"
                            + " file.",
                    "Error: The mount_point option requires a listener to be defined first."));

    private static final int AT_ONCE = 4;

    @TempDir
    Path directory;

    @BeforeEach
    void mosquitto_is_there() {
        RealMosquitto.require();
    }

    @Test
    void what_mosquitto_refuses_is_refused_and_what_it_takes_is_taken()
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Comparison>> comparisons = new ArrayList<>();
            for (int part = 0; part < AT_ONCE; part++) {
                int mine = part;
                comparisons.add(threads.submit(() -> compare(mine)));
            }
            List<String> surprises = new ArrayList<>();
            int compared = 0;
            for (Future<Comparison> each : comparisons) {
                surprises.addAll(each.get().surprises());
                compared += each.get().compared();
            }
            assertThat(surprises).isEmpty();
            assertThat(compared).isGreaterThan(500);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Every so many-th case, in a directory and on a port of its own. */
    private Comparison compare(int part) throws IOException, InterruptedException {
        Path mine = Files.createDirectory(directory.resolve(String.valueOf(part)));
        int port = FreePort.find();
        List<ConfCases.Case> cases = ConfCases.all(port);
        List<String> surprises = new ArrayList<>();
        int compared = 0;
        for (int i = part; i < cases.size(); i += AT_ONCE) {
            ConfCases.Case each = cases.get(i);
            Path file = ConfText.write(mine, each.lines().toArray(String[]::new));
            List<String> ours = refusal(file);
            if (expectedDifference(each, ours)) {
                continue;
            }
            compared++;
            Outcome theirs = RealMosquitto.start(file, port);
            String surprise = surprise(theirs, ours);
            if (surprise != null) {
                surprises.add(each.lines() + "\n    " + surprise);
            }
        }
        return new Comparison(surprises, compared);
    }

    private record Comparison(List<String> surprises, int compared) {}

    /** {@return the errors that we refuse a file with, none if we take it} */
    private static List<String> refusal(Path file) {
        try {
            MosquittoConf.read(file);
            return List.of();
        } catch (ConfRefusedException e) {
            return e.notices().stream()
                    .filter(notice -> notice.severity() == Notice.Severity.ERROR)
                    .map(Notice::text)
                    .toList();
        }
    }

    private static boolean expectedDifference(ConfCases.Case each, List<String> ours) {
        Option option = each.option().isEmpty() ? null : Options.require(each.option());
        String error = ours.isEmpty() ? "" : ours.get(0);
        boolean newOrGone =
                option != null && (!option.since().equals("2.0") || option.treatment() == Treatment.REMOVED);
        boolean renamed = each.lines().stream().anyMatch(line -> line.startsWith("packet_buffer_size"));
        // 2.1.3 and later: no buffer can be that small.
        boolean emptyBuffer = each.lines().contains("websockets_headers_size 0");
        // 2.0 logs these and goes on; 2.1 refuses them.
        boolean emptyIsRefusedSince21 = error.matches(
                "Error: Empty '(log_type|max_connections|persistent_client_expiration|protocol)' value.*");
        // 2.0.21 and later.
        boolean tlsPairs = error.startsWith("Error: Both certfile and keyfile") || error.startsWith("Error: ca");
        boolean prefixLength = error.contains("length must be <= 50");
        // The last one wins since 2.1.
        boolean listenerFirst = error.contains("option requires a listener to be defined first");
        boolean belowDefaultListener =
                each.option().equals("mount_point") && each.lines().get(0).startsWith("port");
        // 2.0.13 and later.
        boolean shortKeepalive = each.lines().stream().anyMatch(line -> line.matches("max_keepalive [01]"));
        boolean refusedHere = error.contains("can't be honoured") || error.startsWith("Error: Unable to load plugin");
        return newOrGone
                || renamed
                || emptyBuffer
                || emptyIsRefusedSince21
                || tlsPairs
                || prefixLength
                || listenerFirst
                || belowDefaultListener
                || shortKeepalive
                || each.lines().contains("dhparamfile")
                || refusedHere;
    }

    private static @Nullable String surprise(Outcome theirs, List<String> ours) {
        if (theirs.refused() != !ours.isEmpty()) {
            return "Mosquitto: " + theirs + ", here: " + ours;
        }
        if (!theirs.refused()) {
            return null;
        }
        String theirError = essence(theirs.firstError());
        String ourError = essence(ours.get(0));
        boolean saysWhatIsMissing =
                theirError.matches("error: (invalid bridge configuration.?|an .* without an auth_plugin.)")
                        && (ourError.contains("option requires")
                                || ourError.contains("only allowed once")
                                || ourError.startsWith("error: an auth_plugin_deny"));
        boolean saysTheLimit = theirError.startsWith("error: invalid max_packet_size")
                && ourError.equals("error: max_packet_size must be >= 20.");
        boolean same = theirError.equals(ourError) || saysWhatIsMissing || saysTheLimit;
        return same ? null : "Mosquitto: " + theirError + "\n    here:      " + ourError;
    }

    private static String essence(String error) {
        String plain = error.replaceAll("['\"]", "")
                .replaceFirst("Invalid mount_point ([^ ]+)\\.", "Invalid mount_point value ($1).")
                .replaceFirst("^Error: bridge_[a-z]+: Cannot", "Error: Cannot")
                .replace("certificate and identity encryption", "certificate and psk encryption");
        return SAID_SINCE_2_1.getOrDefault(plain, plain).toLowerCase(Locale.ROOT);
    }
}
