package io.alicia.mqtt.client;

import io.alicia.mqtt.message.ApplicationMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stream had last on each topic, so that a retained message it has had already is not delivered again: the server
 * sends it once more whenever somebody subscribes, be it another stream of this client or the same one after the session was
 * lost. Remembers the {@value #MAX_TOPICS} most recent topics. Confined to the thread that dispatches.
 */
final class SeenRetained {

    static final int MAX_TOPICS = 4_096;

    private final Map<String, Integer> lastPayloads = new LastPayloads();

    /** Whether {@code message} is to be delivered; remembers it if so. */
    boolean accept(ApplicationMessage message) {
        Integer hash = message.payload().hashCode();
        Integer before = lastPayloads.put(message.topic().value(), hash);
        return !message.retain() || !hash.equals(before);
    }

    private static final class LastPayloads extends LinkedHashMap<String, Integer> {

        private static final long serialVersionUID = 1L;

        LastPayloads() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_TOPICS;
        }
    }
}
