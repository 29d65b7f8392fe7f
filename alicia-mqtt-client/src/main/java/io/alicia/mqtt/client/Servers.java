package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.ServerAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which server is next: the configured ones in turn, one after a failure of the other, unless a server named others
 * (MQTT 5 §4.11). Confined to the client's {@link Lane}.
 */
final class Servers {

    /** References followed in a row, before there is a wait. */
    private static final int MAX_REFERENCES = 4;

    private final List<ServerAddress> configured;
    private int index;
    private List<ServerAddress> referenced = List.of();
    private int references;
    private int failedInTurn;

    Servers(List<ServerAddress> configured, int first) {
        this.configured = List.copyOf(configured);
        this.index = Math.floorMod(first, configured.size());
    }

    ServerAddress current() {
        return referenced.isEmpty() ? configured.get(index) : referenced.get(0);
    }

    /** After a connection came about. */
    void connected() {
        failedInTurn = 0;
    }

    /** After a wait, or a connection that lasted: what was followed before is no circle. */
    void settled() {
        references = 0;
    }

    /**
     * After an attempt at {@link #current()} failed: on to the next that a server named, or that is configured.
     *
     * @return whether all are through, so that there should be a wait
     */
    boolean failed() {
        if (!referenced.isEmpty()) {
            referenced = referenced.subList(1, referenced.size());
            if (!referenced.isEmpty()) {
                return false;
            }
        }
        index = (index + 1) % configured.size();
        failedInTurn++;
        return failedInTurn % configured.size() == 0;
    }

    /**
     * After a server named others: takes those that can be read and do not give encryption up, in the server's order.
     *
     * @return whether there is one to follow now, without waiting
     */
    boolean follow(Optional<String> serverReference) {
        if (serverReference.isEmpty() || references >= MAX_REFERENCES) {
            return false;
        }
        ServerAddress from = current();
        List<ServerAddress> named = Stream.of(serverReference.get().trim().split(" +", -1))
                .map(reference -> readOrNull(reference, from))
                .filter(address -> address != null && (address.isEncrypted() || !from.isEncrypted()))
                .toList();
        if (named.isEmpty()) {
            return false;
        }
        referenced = named;
        references++;
        return true;
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
