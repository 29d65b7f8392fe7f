package io.alicia.mqtt.client;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How much a client keeps for the server while it cannot send: bounded in messages and in bytes, in memory or on disk.
 *
 * <p>It cannot send without a connection, nor faster than the server acknowledges: the bounds hold for what is published in one
 * go over a connection, too. A message that could not even alone keep within the bounds is refused, and nothing gives way for it.
 * Large messages wait there, too, when those under way have {@code maximumBytes} / 4, or 4 MiB if that is more.
 * To publish more than the bounds allow, have no more under way at once; each result makes room for the next message:
 *
 * <pre>{@code
 * Flowable.fromIterable(readings)
 *         .flatMapSingle(reading -> topic.publishForResult(levels, reading), false, 500)
 *         .subscribe(result -> log.debug("{}", result.description()));
 * }</pre>
 *
 * <p>Where several threads publish faster than the client can look at their messages, as many and as large ones again are on their
 * way to it, 1,024 messages and 4 MiB at least. What is published beyond that is dropped at once by the same rule: with {@link
 * WhenFull#REJECT} the new message; with {@link WhenFull#DROP_OLDEST} the oldest on its way, so that the latest stays; with {@link
 * WhenFull#DROP_QOS_0_FIRST} the new one, but QoS 0 has half of it at most, so that no flood of it takes the others' room.
 *
 * <p>In memory a message ends with its publish's deadline, or with the client. On disk it outlives both, and the process too: its
 * publisher is told {@link io.alicia.mqtt.PublishResult.Queued}, and the next client with the same file sends it, before anything
 * new, unless its Message Expiry Interval is over by then. That holds for QoS 1 and 2, and across {@code kill -9} and power cuts:
 *
 * <ul>
 *   <li>QoS 0 is kept in memory alone;
 *   <li>QoS 1 is kept until the server has acknowledged it, also while it is under way;
 *   <li>QoS 2 is kept with the state of its handshake, and arrives exactly once if the server still has the session: keep it with
 *       {@link AliciaMqttClientBuilder#sessionExpiryInterval} and {@link AliciaMqttClientBuilder#clientIdentifier}. Where the session
 *       is gone nobody can tell whether what was under way arrived, no more messages than the server's Receive Maximum: they are
 *       not sent twice, and the log says so. What still waited arrives exactly once in any case.
 * </ul>
 *
 * <p>A server that ends the connection for one message, as 3.1.1 servers do with what they do not want, does not stop the others:
 * what is suspected steps behind them, and is given up as {@link io.alicia.mqtt.PublishResult.RefusedByServer} when the connection
 * ends for it again after the server took another one. Nothing is given up while the server takes none, because its disk is full
 * for example; what waits arrives when it is well again, within five minutes or with the next message that it takes. Until there is
 * another message to compare with, one that is at fault stays, on disk also beyond its deadline, and costs a connection now and
 * then, up to twenty in about an hour. Then it is parked, with an error in the log: it is tried again when the server has taken
 * another message, when the connection is lost for another reason, and by the next process. A Message Expiry Interval bounds that.
 *
 * <pre>{@code
 * AliciaMqttClient.builder()
 *         .server("mqtt://house")
 *         .offlineQueue(OfflineQueue.DEFAULT.onDisk(Path.of("/var/lib/weather-station/outbox.mv")))
 *         .start();
 * }</pre>
 *
 * @param maximumMessages 0 keeps nothing
 * @param maximumBytes topics and payloads together
 * @param whenFull which message gives way
 * @param file where to keep messages across restarts, for one client at a time; absent: in memory
 */
public record OfflineQueue(int maximumMessages, long maximumBytes, WhenFull whenFull, Optional<Path> file) {

    /** 10,000 messages, 16 MiB; a new message that finds no place is dropped. */
    public static final OfflineQueue DEFAULT = new OfflineQueue(10_000, 16L * 1024 * 1024, WhenFull.REJECT);

    /** Keeps nothing: what cannot be sent now is dropped at once. */
    public static final OfflineQueue NONE = new OfflineQueue(0, 0, WhenFull.REJECT);

    /** Which message gives way when there is no place. */
    public enum WhenFull {
        /** The new one. */
        REJECT,
        /** The oldest ones. */
        DROP_OLDEST,
        /** The oldest ones with QoS 0; the new one if there are none. */
        DROP_QOS_0_FIRST
    }

    /** In memory. */
    public OfflineQueue(int maximumMessages, long maximumBytes, WhenFull whenFull) {
        this(maximumMessages, maximumBytes, whenFull, Optional.empty());
    }

    /**
     * The same bounds, with the messages in {@code path}. Needs {@code com.h2database:h2-mvstore} on the class path. The file and
     * the directories above it are made where they are missing, readable for their owner alone; what is there stays as it is. The
     * file is as large as what waited at once, and has no more than 1 MiB when nothing waits any more.
     */
    public OfflineQueue onDisk(Path path) {
        return new OfflineQueue(maximumMessages, maximumBytes, whenFull, Optional.of(path));
    }

    /** Refuses negative bounds. */
    public OfflineQueue {
        if (maximumMessages < 0 || maximumBytes < 0) {
            throw new IllegalArgumentException("offline queue of " + maximumMessages + " messages and " + maximumBytes
                    + " bytes: expected 0 or more");
        }
    }
}
