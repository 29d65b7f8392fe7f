package io.alicia.mqtt.broker.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A bridge as configured.
 *
 * @param at the line that made it
 * @param name of the connection
 * @param addresses the remote brokers, the main one first
 * @param topics what is shared
 * @param restart when to try again
 * @param tcpKeepalive what probes the remote broker on an idle connection
 * @param settings everything else
 */
public record ConfBridge(
        Location at,
        String name,
        List<Address> addresses,
        List<Topic> topics,
        Restart restart,
        Optional<TcpKeepalive> tcpKeepalive,
        Settings settings) {

    /**
     * A remote broker.
     *
     * @param host address or host name
     * @param port 1 to 65535
     */
    public record Address(String host, int port) {}

    /**
     * Topics that are shared.
     *
     * @param pattern a topic filter below the prefixes; empty to map one topic onto another
     * @param direction which way
     * @param qos 0 to 2
     * @param localPrefix before the pattern here; may be empty
     * @param remotePrefix before the pattern there; may be empty
     * @param at its line
     */
    public record Topic(
            String pattern, Direction direction, int qos, String localPrefix, String remotePrefix, Location at) {}

    /** Which way messages pass. */
    public enum Direction {
        /** From here to there. */
        OUT,
        /** From there to here. */
        IN,
        /** Both ways. */
        BOTH
    }

    /**
     * The wait before a lost connection is tried again: random between the two, growing.
     *
     * @param base the shortest
     * @param cap the longest; the same as {@code base} for a constant wait
     * @param stable after how long a connection counts as good, so that waits start over; zero for at once
     */
    public record Restart(Duration base, Duration cap, Duration stable) {

        /** Mosquitto's default. */
        public static final Restart DEFAULT = new Restart(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ZERO);
    }

    /**
     * TCP keepalive probes.
     *
     * @param idle before the first
     * @param interval between two
     * @param count unanswered ones that end the connection
     */
    public record TcpKeepalive(Duration idle, Duration interval, int count) {}
}
