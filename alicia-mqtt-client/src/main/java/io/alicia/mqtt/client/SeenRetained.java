package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stream had last on each topic, so that a retained message it has had already is not delivered again: the server
 * sends it once more whenever somebody subscribes, be it another stream of this client or the same one after the session was
 * lost. Remembers the {@value #MAX_TOPICS} most recent topics, short payloads as they are and the SHA-256 of longer ones: a hash
 * that two payloads share would keep a changed value from the stream. Confined to the thread that dispatches.
 */
final class SeenRetained {

    static final int MAX_TOPICS = 4_096;

    private static final int SHORT_BYTES = 256;

    private final Map<String, Object> lastPayloads = new LastPayloads();

    /** Whether {@code message} is to be delivered; remembers it if so. */
    boolean accept(ApplicationMessage message) {
        Object payload = kept(message.payload());
        Object before = lastPayloads.put(message.topic().value(), payload);
        return !message.retain() || !payload.equals(before);
    }

    /** {@code message} was not delivered: the stream does not have what its topic has now. */
    void forget(ApplicationMessage message) {
        lastPayloads.remove(message.topic().value());
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

    private static final class LastPayloads extends LinkedHashMap<String, Object> {

        private static final long serialVersionUID = 1L;

        LastPayloads() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > MAX_TOPICS;
        }
    }
}
