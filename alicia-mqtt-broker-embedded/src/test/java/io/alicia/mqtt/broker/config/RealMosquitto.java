package io.alicia.mqtt.broker.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The real Mosquitto, asked what it makes of a configuration file. */
final class RealMosquitto {

    private static final int SILENCE_MILLIS = 5_000;
    private static final int LOOK_EVERY_MILLIS = 25;
    private static final Path BINARY = Path.of("/usr/sbin/mosquitto");

    /**
     * How it went.
     *
     * @param exitCode of the process; that of a signal if it ran and was stopped
     * @param lines of its log, without time stamps
     */
    record Outcome(int exitCode, List<String> lines) {

        boolean refused() {
            return exitCode == 3;
        }

        String firstError() {
            return lines.stream()
                    .filter(line -> line.startsWith("Error"))
                    .findFirst()
                    .orElse("");
        }
    }

    private RealMosquitto() {}

    static void require() {
        if (Files.isExecutable(BINARY)) {
            return;
        }
        String reason = "no " + BINARY + " to compare with";
        boolean required = Boolean.getBoolean("ALICIA_REQUIRE_MOSQUITTO")
                || Boolean.parseBoolean(System.getenv("ALICIA_REQUIRE_MOSQUITTO"));
        if (required) {
            Assertions.fail(reason);
        }
        Assumptions.abort(reason);
    }

    /** Starts Mosquitto and stops it as soon as it has taken its configuration. */
    static Outcome start(Path file, int port) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(BINARY.toString(), "-p", String.valueOf(port), "-c", file.toString())
                .redirectErrorStream(true)
                .start();
        // A configuration may send the log elsewhere: a broker that listens, or still runs after so long, took it.
        Thread watch = new Thread(() -> endWhenListening(process, port), "mosquitto-" + port);
        watch.setDaemon(true);
        watch.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                lines.add(line.replaceFirst("^\\d{10,}: ", ""));
                if (line.endsWith(" starting")) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        return new Outcome(process.waitFor(), lines);
    }

    private static void endWhenListening(Process process, int port) {
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS);
            while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (isListening(port) || System.nanoTime() > end) {
                    process.toHandle().destroyForcibly();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.toHandle().destroyForcibly();
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
