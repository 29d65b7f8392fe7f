package io.alicia.mqtt.broker;

/**
 * Sends clients to another server (MQTT 5 §4.13, Server Reference §3.2.2.3.16).
 *
 * @param serverReference the other server as a client understands it, for example {@code broker.example:1883}; several may
 *     stand there, parted by blanks
 * @param permanent whether clients should remember it (0x9D Server moved) or ask here again next time (0x9C Use another
 *     server)
 */
public record ServerRedirect(String serverReference, boolean permanent) {

    /** Refuses an empty reference with an {@link IllegalArgumentException}. */
    public ServerRedirect {
        if (serverReference.isBlank()) {
            throw new IllegalArgumentException("serverReference is empty, expected a host, or host:port");
        }
    }
}
