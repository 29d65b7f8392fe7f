package io.alicia.mqtt.broker.transport;

/** What survives from one connection to the next as long as the server keeps the session. On the transport's event loop. */
final class ClientSession {

    private final PacketIdentifiers identifiers = new PacketIdentifiers();
    private final OutgoingMessages outgoing;
    private final IncomingMessages incoming;

    private final Conduct conduct;

    ClientSession(Conduct conduct, DeliveryQueue queue, Runnable acknowledgementsWait) {
        this.conduct = conduct;
        outgoing = new OutgoingMessages(identifiers, conduct);
        incoming = new IncomingMessages(queue, conduct, acknowledgementsWait);
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
    void begin(boolean goesOn, PacketSink sink) {
        if (goesOn) {
            outgoing.resend(sink);
        } else {
            end("the server has no session of this client any more");
        }
    }

    /** What this side has unacknowledged is not sent again; the server's session goes on. */
    void forgetInFlight() {
        outgoing.forget("what was under way is not sent again");
    }

    /** A connection has ended. */
    void interrupt(boolean goesOn) {
        incoming.interrupt();
        if (!goesOn && !conduct.keepsWhatIsInFlight()) {
            end("the session ended with its connection");
        }
    }

    void end(String why) {
        incoming.forget();
        outgoing.failAll(why);
    }
}
