package io.alicia.mqtt.broker.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;

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

    /** The request of RFC 6455; what follows it needs no rehearsal. */
    private static final String UPGRADE = """
            GET /mqtt HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Protocol: mqtt\r
            Sec-WebSocket-Version: 13\r
            \r
            """;

    private final Path directory;
    private final BrokerLog log = new BrokerLog(InstantSource.system(), StreamTarget.stderr());
    private final Program program =
            new Program(log, new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    private final int plain;
    private final int tls;
    private final int webSocket;

    private Rehearsal(Path directory) throws IOException {
        this.directory = directory;
        this.plain = freePort();
        this.tls = freePort();
        this.webSocket = freePort();
    }

    /**
     * Runs, and ends the process.
     *
     * @param arguments a directory for its files
     * @throws IOException if it does not work
     * @throws GeneralSecurityException if the JDK can make no keys
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException, InterruptedException {
        System.exit(new Rehearsal(Path.of(arguments[0])).run());
    }

    private int run() throws IOException, GeneralSecurityException, InterruptedException {
        SSLContext trust = RehearsalKeys.in(directory).client();
        Path file = directory.resolve("mosquitto.conf");
        Files.writeString(directory.resolve("acl"), "topic readwrite #\npattern readwrite %c/#\n");
        Files.writeString(file, configuration());
        LogProvider.install(log);
        Signals.handle("TERM", program::stop);
        Thread clients = new Thread(() -> {
            try {
                talk(new Socket(), plain, MQTT_3_1_1);
                talk(new Socket(), plain, MQTT_5);
                talk(trust.getSocketFactory().createSocket(), tls, MQTT_5);
                upgrade();
                reload(file);
            } catch (IOException | InterruptedException e) {
                log.error("Error: the rehearsal failed: " + e);
            } finally {
                program.stop();
            }
        });
        clients.start();
        int exitCode = program.run(List.of("-c", file.toString()));
        log.close();
        return exitCode;
    }

    private String configuration() {
        return """
                listener %1$d 127.0.0.1
                listener %2$d 127.0.0.1
                certfile %4$s/certificate.pem
                keyfile %4$s/key.pem
                cafile %4$s/certificate.pem
                listener %3$d 127.0.0.1
                protocol websockets
                allow_anonymous true
                acl_file %4$s/acl
                persistence true
                persistence_location %4$s
                log_dest file %4$s/log
                connection self
                address 127.0.0.1:%1$d
                topic rehearsal out
                """.formatted(plain, tls, webSocket, directory);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void talk(Socket unconnected, int port, List<String> packets) throws IOException {
        try (Socket socket = unconnected) {
            connect(socket, port);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String packet : packets) {
                out.write(HexFormat.of().parseHex(packet));
                out.flush();
                expectSomething(in);
            }
        }
    }

    private void upgrade() throws IOException {
        try (Socket socket = new Socket()) {
            connect(socket, webSocket);
            socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            expectSomething(socket.getInputStream());
        }
    }

    private static void expectSomething(InputStream in) throws IOException {
        if (in.read() < 0) {
            throw new IOException("the broker hung up");
        }
        in.skipNBytes(in.available());
    }

    /** As an operator does it: the file has one line more, and the log tells when it was read. */
    private void reload(Path file) throws IOException, InterruptedException {
        Files.writeString(file, configuration() + "log_timestamp false\n");
        new ProcessBuilder(
                        "kill", "-HUP", String.valueOf(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        long deadline = System.nanoTime() + MILLIS * 1_000_000L;
        while (!Files.readString(directory.resolve("log")).contains("read again")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the broker did not reload");
            }
            Thread.onSpinWait();
        }
    }

    private static void connect(Socket socket, int port) throws IOException {
        socket.setSoTimeout(MILLIS);
        long deadline = System.nanoTime() + MILLIS * 1_000_000L;
        // A socket that was refused once can't be used again, so that a plain one looks first.
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                break;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
    }
}
