package io.alicia.mqtt.broker.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/**
 * Starts the program once and lets clients of both protocol versions do what clients do, so that the build can keep the
 * classes that this loads in an archive. Not part of a broker's life.
 */
public final class Rehearsal {

    private static final int MILLIS = 5000;

    /** CONNECT, SUBSCRIBE to {@code a} with QoS 1, PUBLISH to it, PINGREQ; without DISCONNECT, for the will's sake. */
    private static final List<String> MQTT_3_1_1 =
            List.of("100d00044d5154540402003c000161", "820600010001" + "6101", "3206000161" + "0002" + "78", "c000");

    private static final List<String> MQTT_5 = List.of(
            "100e00044d5154540502003c00000162", "82070001000001" + "6101", "3207000161" + "0002" + "0078", "c000");

    private Rehearsal() {}

    /**
     * Runs, and ends the process.
     *
     * @param arguments a directory for its files
     * @throws IOException if it does not work
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int port = freePort();
        Path file = directory.resolve("mosquitto.conf");
        Files.writeString(
                file,
                "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location "
                        + directory + "\nlog_dest file "
                        + directory.resolve("log")
                        + "\nconnection self\naddress 127.0.0.1:" + port + "\ntopic rehearsal out\n");
        BrokerLog log = new BrokerLog(InstantSource.system(), StreamTarget.stderr());
        LogProvider.install(log);
        Program program =
                new Program(log, new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        Signals.handle("TERM", program::stop);
        Thread clients = new Thread(() -> {
            try {
                talk(port, MQTT_3_1_1);
                talk(port, MQTT_5);
            } catch (IOException e) {
                log.error("Error: the rehearsal failed: " + e);
            } finally {
                program.stop();
            }
        });
        clients.start();
        int exitCode = program.run(List.of("-c", file.toString()));
        log.close();
        System.exit(exitCode);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void talk(int port, List<String> packets) throws IOException {
        try (Socket socket = connect(port)) {
            socket.setSoTimeout(MILLIS);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String packet : packets) {
                out.write(HexFormat.of().parseHex(packet));
                out.flush();
                if (in.read() < 0) {
                    throw new IOException("the broker hung up");
                }
                in.skipNBytes(in.available());
            }
        }
    }

    private static Socket connect(int port) throws IOException {
        long deadline = System.nanoTime() + MILLIS * 1_000_000L;
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }
}
