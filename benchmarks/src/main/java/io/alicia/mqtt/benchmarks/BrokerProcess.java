package io.alicia.mqtt.benchmarks;

import io.alicia.mqtt.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own, on a free loopback port, letting everybody in. */
final class BrokerProcess implements AutoCloseable {

    private static final int ATTEMPTS = 400;

    private final String name;
    private final Process process;
    private final int port;

    private BrokerProcess(String name, Process process, int port) {
        this.name = name;
        this.process = process;
        this.port = port;
    }

    /** This project's, in a JVM. */
    static BrokerProcess alicia() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AliciaBroker.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the broker's process ended at once");
        }
        return new BrokerProcess("Alicia", process, Integer.parseInt(line));
    }

    /** Mosquitto, if it is installed. */
    static BrokerProcess mosquitto() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = Files.createTempFile("mosquitto", ".conf");
        Files.write(
                config,
                List.of(
                        "allow_anonymous true",
                        "listener " + port + " 127.0.0.1",
                        "set_tcp_nodelay true",
                        "max_queued_messages 0",
                        "max_inflight_messages 0"));
        Process process = new ProcessBuilder("/usr/sbin/mosquitto", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (int i = 0; i < ATTEMPTS && !answers(port); i++) {
            if (process.waitFor(25, TimeUnit.MILLISECONDS)) {
                throw new IOException("mosquitto ended at once with exit code " + process.exitValue());
            }
        }
        return new BrokerProcess("Mosquitto", process, port);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What runs in the JVM; ends with its parent, whose end closes the standard input. */
    static final class AliciaBroker {

        private AliciaBroker() {}

        public static void main(String[] arguments) throws IOException {
            try (EmbeddedBroker broker = EmbeddedBroker.builder()
                    .tcp(0)
                    .allowAnonymous()
                    .configure(config -> config.maxQueuedMessages(0).maxInflightMessages(0))
                    .start()) {
                System.out.println(broker.port());
                int endOfInput = System.in.read();
                System.err.println("the benchmark is over (" + endOfInput + ")");
            }
        }
    }
}
