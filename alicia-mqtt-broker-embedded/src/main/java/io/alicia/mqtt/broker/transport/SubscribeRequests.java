package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.SessionEndedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SUBSCRIBE and UNSUBSCRIBE packets of one connection without an answer. On the transport's event loop. */
final class SubscribeRequests {

    private record Waiting(int filters, Told<List<ReasonCode>> caller) {}

    private final PacketIdentifiers identifiers;
    private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();

    SubscribeRequests(PacketIdentifiers identifiers) {
        this.identifiers = identifiers;
    }

    /** The Packet Identifier for a request about so many filters. */
    int add(int filters, Told<List<ReasonCode>> caller) {
        int identifier = identifiers.take();
        waiting.put(identifier, new Waiting(filters, caller));
        return identifier;
    }

    /** An answer came; one of 3.1.1 to UNSUBSCRIBE has no Reason Codes. */
    void answered(int identifier, List<ReasonCode> reasonCodes) {
        Waiting request = waiting.remove(identifier);
        if (request != null) {
            identifiers.giveBack(identifier);
            request.caller.succeed(
                    reasonCodes.isEmpty() ? Collections.nCopies(request.filters, ReasonCode.SUCCESS) : reasonCodes);
        }
    }

    /** No answer will come any more. */
    void failAll(String why, boolean possiblySent) {
        List<Waiting> open = List.copyOf(waiting.values());
        waiting.keySet().forEach(identifiers::giveBack);
        waiting.clear();
        open.forEach(request -> request.caller.fail(new SessionEndedException(why, possiblySent, null)));
    }
}
