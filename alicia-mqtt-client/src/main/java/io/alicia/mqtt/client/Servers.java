package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.ServerAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which server is next: the configured ones in turn, one after a failure of the other, unless a server named another one
 * (MQTT 5 §4.11). Confined to the client's {@link Lane}.
 */
final class Servers {

    /** References followed without a connection in between, before the configured servers get another chance. */
    private static final int MAX_REFERENCES = 4;

    private final List<ServerAddress> configured;
    private int index;
    private @Nullable ServerAddress referenced;
    private int references;

    Servers(List<ServerAddress> configured, int first) {
        this.configured = List.copyOf(configured);
        this.index = Math.floorMod(first, configured.size());
    }

    ServerAddress current() {
        return referenced != null ? referenced : configured.get(index);
    }

    void connected() {
        references = 0;
    }

    /** After an attempt at {@link #current()} failed. */
    void failed() {
        if (referenced != null) {
            referenced = null;
        } else {
            index = (index + 1) % configured.size();
        }
    }

    /**
     * After a server named others: takes the first that can be read and does not give encryption up.
     *
     * @return whether there is one to follow now, without waiting
     */
    boolean follow(Optional<String> serverReference) {
        if (serverReference.isEmpty() || references >= MAX_REFERENCES) {
            return false;
        }
        for (String reference : serverReference.get().trim().split(" +", -1)) {
            ServerAddress address = readOrNull(reference, current());
            if (address != null && (address.isEncrypted() || !current().isEncrypted())) {
                referenced = address;
                references++;
                return true;
            }
        }
        return false;
    }

    /** A reference is a host with an optional port, or a whole address; the rest stays as it was. */
    private static @Nullable ServerAddress readOrNull(String reference, ServerAddress from) {
        try {
            if (reference.contains("://")) {
                return ServerAddress.of(reference);
            }
            String withScheme = from.scheme() + "://" + reference + from.path();
            boolean hasPort = reference.lastIndexOf(':') > reference.lastIndexOf(']')
                    && (reference.startsWith("[") || reference.indexOf(':') == reference.lastIndexOf(':'));
            ServerAddress address = ServerAddress.of(withScheme);
            return hasPort ? address : new ServerAddress(address.scheme(), address.host(), from.port(), address.path());
        } catch (IllegalArgumentException e) {
            return null; // a server's words; the caller goes on with the next one
        }
    }
}
