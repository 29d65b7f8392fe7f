package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.store.StoredOutgoing.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session's QoS 1 and 2 messages on their way to its client, by Packet Identifier and in the order in which they were
 * first sent; those of them that have to be sent again; and the window that they take up. Belongs to the session's event
 * loop.
 */
final class InFlight {

    private final Map<Integer, Outgoing> byIdentifier = new LinkedHashMap<>();
    private final ArrayDeque<Outgoing> resending = new ArrayDeque<>();
    private final PacketIdentifiers identifiers = new PacketIdentifiers(byIdentifier::containsKey);
    private final SendWindow window;

    InFlight(Supplier<SessionSettings> settings) {
        this.window = new SendWindow(settings);
    }

    int size() {
        return byIdentifier.size();
    }

    PacketIdentifiers identifiers() {
        return identifiers;
    }

    /** A message that was on its way before a restart. */
    void restore(Outgoing outgoing) {
        byIdentifier.put(outgoing.packetIdentifier, outgoing);
        identifiers.countFrom(outgoing.packetIdentifier);
    }

    /** A client is there: all that it did not acknowledge has to be sent again, but for what it keeps. */
    void attach(Wire wire) {
        window.openFor(wire.receiveMaximum());
        resending.clear();
        for (Outgoing outgoing : byIdentifier.values()) {
            outgoing.inWindow = false;
            if (outgoing.handedOver && wire.keepsWhatItHas()) {
                window.occupy(outgoing);
            } else {
                outgoing.handedOver = false;
                resending.add(outgoing);
            }
        }
    }

    /** The client is gone. */
    void detach() {
        resending.clear();
    }

    /** Whether one more may be sent. */
    boolean isWindowOpen() {
        return byIdentifier.size() < PacketIdentifiers.MAX && window.isOpen();
    }

    /** A message is sent for the first time. */
    void begin(Outgoing outgoing) {
        outgoing.packetIdentifier = identifiers.next();
        outgoing.stage = Stage.PUBLISHED;
        byIdentifier.put(outgoing.packetIdentifier, outgoing);
        window.occupy(outgoing);
    }

    @Nullable
    Outgoing getOrNull(int packetIdentifier) {
        return byIdentifier.get(packetIdentifier);
    }

    boolean contains(Outgoing outgoing) {
        return byIdentifier.get(outgoing.packetIdentifier) == outgoing;
    }

    /** A message is not on its way any more. */
    void remove(Outgoing outgoing) {
        byIdentifier.remove(outgoing.packetIdentifier);
        window.leave(outgoing);
    }

    /** The first one that has to be sent again; null if there is none. */
    @Nullable
    Outgoing nextToResend() {
        return resending.peek();
    }

    /** That one goes out again now. */
    void resend(Outgoing outgoing) {
        window.occupy(outgoing);
    }

    /** That one needs no more to be sent. */
    void resent() {
        resending.remove();
    }

    /** One that was sent, and lost, has to be sent again. */
    void returned(Outgoing outgoing) {
        window.leave(outgoing);
        resending.add(outgoing);
    }

    /** Does not send one again that has arrived after all. */
    void forgetResending(Outgoing outgoing) {
        if (!resending.isEmpty()) {
            resending.remove(outgoing);
        }
    }

    boolean isResending() {
        return !resending.isEmpty();
    }

    void forEach(Consumer<Outgoing> action) {
        byIdentifier.values().forEach(action);
    }

    /** All of them, as of now. */
    List<Outgoing> all() {
        return new ArrayList<>(byIdentifier.values());
    }

    void clear() {
        byIdentifier.clear();
        resending.clear();
        window.empty();
    }
}
