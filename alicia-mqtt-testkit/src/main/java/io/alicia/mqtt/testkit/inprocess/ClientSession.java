package io.alicia.mqtt.testkit.inprocess;

/** What survives from one connection to the next as long as the server keeps the session. On the transport's event loop. */
final class ClientSession {

    private final PacketIdentifiers identifiers = new PacketIdentifiers();
    private final OutgoingMessages outgoing = new OutgoingMessages(identifiers);
    private final IncomingMessages incoming;

    ClientSession(DeliveryQueue queue, Runnable acknowledgementsWait) {
        incoming = new IncomingMessages(queue, acknowledgementsWait);
    }

    PacketIdentifiers identifiers() {
        return identifiers;
    }

    OutgoingMessages outgoing() {
        return outgoing;
    }

    IncomingMessages incoming() {
        return incoming;
    }

    /** A connection begins; what is in flight goes first. */
    void begin(boolean sessionPresent, PacketSink sink) {
        if (sessionPresent) {
            outgoing.resend(sink);
        } else {
            end("the server has no session of this client any more");
        }
    }

    /** A connection has ended. */
    void interrupt(boolean goesOn) {
        incoming.interrupt();
        if (!goesOn) {
            end("the session ended with its connection");
        }
    }

    void end(String why) {
        incoming.forget();
        outgoing.failAll(why);
    }
}
