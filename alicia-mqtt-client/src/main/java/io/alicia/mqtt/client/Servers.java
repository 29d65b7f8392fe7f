package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.ServerAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which server is next: after a failure one of those configured that were not tried in this round, drawn at random so that the
 * clients of a server that is gone spread over all others, unless a server named others (MQTT 5 §4.11). Confined to the client's {@link Lane}.
 */
final class Servers {

    /** References followed in a row, before there is a wait. */
    private static final int MAX_REFERENCES = 4;

    private final List<ServerAddress> configured;
    private final RandomGenerator random;
    private int index;
    private List<ServerAddress> referenced = List.of();
    private int references;

    /** Places of those that were not tried in this round. */
    private final Set<Integer> untried = new TreeSet<>();

    Servers(List<ServerAddress> configured, int first, RandomGenerator random) {
        this.configured = List.copyOf(configured);
        this.random = random;
        this.index = Math.floorMod(first, configured.size());
        beginRound();
    }

    private void beginRound() {
        for (int place = 0; place < configured.size(); place++) {
            untried.add(place);
        }
    }

    ServerAddress current() {
        return referenced.isEmpty() ? configured.get(index) : referenced.get(0);
    }

    /** After a connection came about. */
    void connected() {
        beginRound();
    }

    /** After a wait, or a connection that lasted: what was followed before is no circle. */
    void settled() {
        references = 0;
    }

    /**
     * After an attempt at {@link #current()} failed: on to the next that a server named, or to another that is configured.
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
        untried.remove(index);
        boolean triedAll = untried.isEmpty();
        if (triedAll) {
            beginRound();
        }
        List<Integer> others = untried.stream().filter(place -> place != index).toList();
        if (!others.isEmpty()) {
            index = others.get(random.nextInt(others.size()));
        }
        return triedAll;
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
