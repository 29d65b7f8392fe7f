package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stream had last on each topic, so that a retained message it has had already is not delivered again: the server
 * sends it once more whenever somebody subscribes, be it another stream of this client or the same one after the session was
 * lost. Remembers the {@value #MAX_TOPICS} most recent topics, short payloads as they are and the SHA-256 of longer ones: a hash
 * that two payloads share would keep a changed value from the stream. Confined to the thread that dispatches.
 *
 * <p>Within a connection it is not delivered either when something newer came live that was not to be retained: what is retained has
 * not changed, or the change would have come. After another connection that is not known.
 */
final class SeenRetained {

    static final int MAX_TOPICS = 4_096;

    private static final int SHORT_BYTES = 256;

    /** What is known of a topic. One object for as long as it is: nearly every message comes here. */
    private static final class Known {
        private @Nullable Object latest;
        private @Nullable Object retained;
        private int retainedBy;
    }

    private final Map<String, Known> topics = new Topics();

    /** Whether {@code message}, which came by the connection of that number, is to be delivered; remembers it if so. */
    boolean accept(ApplicationMessage message, int connection) {
        Object payload = kept(message.payload());
        Known known = topics.computeIfAbsent(message.topic().value(), topic -> new Known());
        if (message.retain()) {
            boolean unchanged = connection == known.retainedBy && payload.equals(known.retained);
            known.retained = payload;
            known.retainedBy = connection;
            if (unchanged || payload.equals(known.latest)) {
                return false;
            }
        }
        known.latest = payload;
        return true;
    }

    /** {@code message} was not delivered: the stream does not have what its topic has now. */
    void forget(ApplicationMessage message) {
        topics.remove(message.topic().value());
    }

    private static Object kept(BinaryData payload) {
        return payload.length() <= SHORT_BYTES ? payload : new Digest(sha256(payload));
    }

    private static BinaryData sha256(BinaryData payload) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(payload.toByteBuffer());
            return BinaryData.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Apart from a payload of the same bytes. */
    private record Digest(BinaryData sha256) {}

    private static final class Topics extends LinkedHashMap<String, Known> {

        private static final long serialVersionUID = 1L;

        Topics() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_TOPICS;
        }
    }
}
