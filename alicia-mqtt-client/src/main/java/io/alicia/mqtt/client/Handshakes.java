package io.alicia.mqtt.client;

import io.alicia.mqtt.client.Outgoing.Place;
import io.alicia.mqtt.client.StoredMessage.Progress;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.spi.MqttConnection;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handshakes with QoS 2 that outlive the process: which Packet Identifiers they have, and what is left of those that an earlier
 * process began. Confined to the client's {@link Lane}.
 */
final class Handshakes {

    private static final Logger LOGGER = LoggerFactory.getLogger(Handshakes.class);

    private static final int FIRST = KeptHandshake.FIRST_PACKET_IDENTIFIER;

    private final Lane lane;
    private final OutboxStore store;
    private final BitSet taken = new BitSet();

    /** Whose each taken identifier is. */
    private final Map<Integer, Outgoing> holders = new HashMap<>();

    private String server = "";

    /** In the order of publishing. */
    private final Set<Outgoing> unfinished = new LinkedHashSet<>();

    Handshakes(Lane lane, OutboxStore store) {
        this.lane = lane;
        this.store = store;
    }

    /** {@code restored} was under way when an earlier process ended. */
    void restore(Outgoing restored) {
        int identifier = restored.packetIdentifier();
        if (identifier == StoredMessage.NO_PACKET_IDENTIFIER) {
            forget(restored);
        } else {
            hold(identifier, restored);
            restored.markResumed();
            unfinished.add(restored);
        }
    }

    /** What is left of those that an earlier process began; not to be kept. */
    Collection<Outgoing> all() {
        return unfinished;
    }

    private void hold(int identifier, Outgoing holder) {
        taken.set(identifier - FIRST);
        holders.put(identifier, holder);
    }

    /** The Packet Identifiers of those that are to be gone on with at {@code with}. */
    Set<Integer> unfinished(ServerAddress with) {
        return of(with).map(Outgoing::packetIdentifier).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Outgoing> of(ServerAddress with) {
        return unfinished.stream().filter(outgoing -> outgoing.server().equals(with.toString()));
    }

    /**
     * Goes on with those of the server {@code with}, if it has the session that they belong to: {@code send} is given those whose PUBLISH
     * is to be sent again, but for those that are {@code tooLate}, for which PUBREL is enough: a server that has such a message knows
     * that itself. Those of other servers wait for theirs.
     */
    void connected(MqttConnection on, ServerAddress with, Predicate<Outgoing> tooLate, Consumer<Outgoing> send) {
        server = with.toString();
        List<Outgoing> all = of(with).toList();
        if (!on.keepsHandshakes() || !on.connack().sessionPresent()) {
            all.forEach(unfinished::remove);
            all.forEach(this::forget);
            return;
        }
        for (Outgoing outgoing : all) {
            if (outgoing.progress() == Progress.RECEIVED || tooLate.test(outgoing)) {
                release(on, outgoing);
            } else {
                unfinished.remove(outgoing);
                send.accept(outgoing);
            }
        }
    }

    private void forget(Outgoing outgoing) {
        LOGGER.warn(
                "{} was under way when the process ended, and its session is gone; it may have arrived, so it is not sent again",
                outgoing.message());
        outgoing.place(Place.DONE);
        store.forget(outgoing);
        ended(outgoing);
    }

    private void release(MqttConnection on, Outgoing outgoing) {
        Disposable unused = on.release(outgoing.packetIdentifier())
                .subscribe(
                        () -> lane.execute(() -> {
                            LOGGER.debug("{} was received already when the process ended", outgoing.message());
                            unfinished.remove(outgoing);
                            outgoing.place(Place.DONE);
                            store.forget(outgoing);
                            ended(outgoing);
                        }),
                        failure -> LOGGER.debug("{} is released on the next connection", outgoing.message(), failure));
    }

    /** {@code outgoing} is about to be sent: gives it a Packet Identifier, if its handshake can outlive the process on {@code on}. */
    void begin(MqttConnection on, Outgoing outgoing) {
        boolean possible = outgoing.qos() == Qos.EXACTLY_ONCE
                && store.outlivesProcess()
                && on.keepsHandshakes()
                && ServerLimits.lowered(on.connack(), outgoing.qos()).isEmpty();
        int free = taken.nextClearBit(0);
        if (possible && FIRST + free <= KeptHandshake.LAST_PACKET_IDENTIFIER) {
            hold(FIRST + free, outgoing);
            outgoing.handshake(FIRST + free, server);
        }
    }

    /** {@code outgoing}, which comes from an earlier process, was not sent after all. */
    void notSent(Outgoing outgoing) {
        outgoing.place(Place.QUEUED);
        unfinished.add(outgoing);
    }

    /** The identifier of {@code outgoing}, if it has one, may be another one's, unless the transport still has it. */
    void ended(Outgoing outgoing) {
        if (!outgoing.isInTransport() && holders.remove(outgoing.packetIdentifier(), outgoing)) {
            taken.clear(outgoing.packetIdentifier() - FIRST);
        }
    }

    /** {@code outgoing} waits again, and gets another identifier when it is sent. */
    void waitsAgain(Outgoing outgoing) {
        ended(outgoing);
        outgoing.noHandshake();
    }

    /** What the transport needs of {@code outgoing}, which has an identifier. */
    KeptHandshake of(Outgoing outgoing) {
        int packetIdentifier = outgoing.packetIdentifier();
        boolean resumed = outgoing.isResumed();
        return new KeptHandshake() {
            @Override
            public int packetIdentifier() {
                return packetIdentifier;
            }

            @Override
            public boolean isResumed() {
                return resumed;
            }

            @Override
            public void received(Runnable release) {
                lane.execute(() -> store.markReceived(outgoing, release));
            }
        };
    }
}
