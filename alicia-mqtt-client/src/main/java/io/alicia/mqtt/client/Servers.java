package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.Credentials;
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
    private final Rests rests;
    private int index;
    private List<ServerAddress> referenced = List.of();
    private int references;
    private Optional<Credentials> offered = Optional.empty();

    /** Places of those that were not tried in this round. */
    private final Set<Integer> untried = new TreeSet<>();

    Servers(List<ServerAddress> configured, int first, Backoff backoff, RandomGenerator random) {
        this.configured = List.copyOf(configured);
        this.random = random;
        this.rests = new Rests(configured.size(), backoff, random);
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

    /** With which credentials {@link #current()} is asked. */
    void offers(Optional<Credentials> credentials, long now) {
        offered = credentials;
        rests.offered(credentials, now);
    }

    /** After a connection came about. */
    void connected(long now) {
        beginRound();
        rests.accountTaken(now);
    }

    /** After a wait, or a connection that lasted: what was followed before is no circle. */
    void settled() {
        references = 0;
    }

    /** After a connection that lasted. */
    void lasted() {
        settled();
        rests.lasted(index);
    }

    /**
     * After {@link #current()} refused what waiting alone does not heal: it is asked again, and so is the configured server that
     * named it, after a longer wait of its own.
     */
    void refused(long now) {
        rests.refused(index, now);
    }

    /** As {@link #refused}, for an account that other servers may take, or this one with other credentials. */
    void accountRefused(long now) {
        rests.accountRefused(index, now, offered);
    }

    /** How long none of the configured servers may be asked, in milliseconds; 0 if one may. */
    long rest(long now) {
        return rests.left(now);
    }

    /**
     * After an attempt at {@link #current()} failed: on to the next that a server named, or to another that is configured and may
     * be asked.
     *
     * @param now in milliseconds
     * @return whether all are through, so that there should be a wait
     */
    boolean failed(long now) {
        if (!referenced.isEmpty()) {
            referenced = referenced.subList(1, referenced.size());
            if (!referenced.isEmpty()) {
                return false;
            }
        }
        untried.remove(index);
        boolean triedAll = untried.stream().noneMatch(place -> rests.isOver(place, now));
        if (triedAll) {
            beginRound();
        }
        goOn(now);
        return triedAll;
    }

    /** After a connection ended for a reason that {@link #refused} was told: to another server, if one may be asked. */
    void leave(long now) {
        if (rests.left(now) == 0) {
            referenced = List.of();
            goOn(now);
        }
    }

    private void goOn(long now) {
        List<Integer> others = untried.stream()
                .filter(place -> place != index && rests.isOver(place, now))
                .toList();
        if (!others.isEmpty()) {
            index = others.get(random.nextInt(others.size()));
        } else if (!rests.isOver(index, now)) {
            index = rests.next();
        }
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
