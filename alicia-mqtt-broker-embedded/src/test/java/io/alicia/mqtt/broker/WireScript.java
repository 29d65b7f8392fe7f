package io.alicia.mqtt.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of several clients in one order, and all that a broker answers. A line is {@code a> 82 07 0001 'topic'}: the client
 * {@code a}, which connects its socket with its first line, sends these bytes; a text in quotes has its length before it.
 * After each line every client asks for a PINGRESP, so that an answer belongs to the line that caused it.
 */
public final class WireScript {

    private static final String PINGREQ = "C000";
    private static final String PINGRESP = "d000";
    private static final int TIMEOUT_MILLIS = 10_000;

    private final int port;
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final List<String> transcript = new ArrayList<>();

    private WireScript(int port) {
        this.port = port;
    }

    /** What the broker at the port answers, a line for each packet: {@code a< 90 04 …}. */
    public static List<String> play(int port, String script) {
        WireScript play = new WireScript(port);
        try {
            script.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(play::line);
            return play.transcript;
        } finally {
            play.peers.values().forEach(Peer::close);
        }
    }

    /** The first packet that the broker answers to one line of bytes, whole. */
    public static String firstAnswer(int port, String bytes) {
        Peer peer = new Peer(port);
        try {
            peer.send(bytes);
            return String.valueOf(peer.receive());
        } finally {
            peer.close();
        }
    }

    private void line(String line) {
        transcript.add(line);
        String name = line.substring(0, line.indexOf('>'));
        String bytes = line.substring(line.indexOf('>') + 1).strip();
        if (bytes.equals("closes")) {
            Objects.requireNonNull(peers.remove(name)).close();
        } else {
            peers.computeIfAbsent(name, key -> new Peer(port)).send(bytes);
        }
        // The sender first: what it caused for the others is under way then.
        List<String> order = new ArrayList<>(peers.keySet());
        if (order.remove(name)) {
            order.add(0, name);
        }
        order.forEach(this::listen);
    }

    private void listen(String name) {
        Peer peer = Objects.requireNonNull(peers.get(name));
        peer.send(PINGREQ);
        for (String packet = peer.receive(); packet != null && !packet.equals(PINGRESP); packet = peer.receive()) {
            transcript.add(name + "< " + (packet.startsWith("20") ? packet.substring(4, 8) + " CONNACK" : packet));
        }
        if (peer.isAtEnd()) {
            transcript.add(name + "< closed");
            peer.close();
            peers.remove(name);
        }
    }

    /** One connection. */
    private static final class Peer {

        private final Socket socket;
        private boolean atEnd;

        Peer(int port) {
            try {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(TIMEOUT_MILLIS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void send(String text) {
            try {
                socket.getOutputStream().write(bytes(text));
            } catch (SocketException e) {
                // It has hung up; what it said before is still to be read.
                atEnd = false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static byte[] bytes(String text) {
            StringBuilder hex = new StringBuilder();
            String[] parts = text.split("'", -1);
            for (int i = 0; i < parts.length; i++) {
                if (i % 2 == 0) {
                    hex.append(parts[i].replace(" ", ""));
                } else {
                    hex.append(String.format(Locale.ROOT, "%04x", parts[i].length()));
                    parts[i].chars().forEach(c -> hex.append(String.format(Locale.ROOT, "%02x", c)));
                }
            }
            return HexFormat.of().parseHex(hex);
        }

        /** The next packet, or null at the end. */
        @Nullable
        String receive() {
            try {
                InputStream in = socket.getInputStream();
                int first = in.read();
                if (first < 0) {
                    atEnd = true;
                    return null;
                }
                int length = 0;
                int shift = 0;
                int digit;
                do {
                    digit = in.read();
                    length |= (digit & 0x7F) << shift;
                    shift += 7;
                } while ((digit & 0x80) != 0);
                return HexFormat.of().toHexDigits((byte) first)
                        + HexFormat.of().toHexDigits((byte) length)
                        + HexFormat.of().formatHex(in.readNBytes(length));
            } catch (SocketException e) {
                atEnd = true;
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean isAtEnd() {
            return atEnd;
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
