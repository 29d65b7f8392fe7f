package io.alicia.mqtt.broker.session;

import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * How many QoS 1 and 2 messages a client may have unacknowledged: its Receive Maximum [MQTT-3.3.4-9], or {@code
 * maxInflightMessages} if it has none, and {@code maxInflightBytes} of them. Belongs to the session's event loop.
 */
final class SendWindow {

    private final Supplier<SessionSettings> settings;
    private int messages;
    private int used;
    private long usedBytes;

    SendWindow(Supplier<SessionSettings> settings) {
        this.settings = settings;
    }

    /** A client is there, which has nothing yet. */
    void openFor(OptionalInt receiveMaximum) {
        // As in Mosquitto a client that says how many it takes is believed, also if that is more.
        messages = receiveMaximum.orElse(settings.get().maxInflightMessages());
        empty();
    }

    void empty() {
        used = 0;
        usedBytes = 0;
    }

    boolean isOpen() {
        // One message is always let through, however large: otherwise it would wait for ever.
        return used < messages && (used == 0 || usedBytes < settings.get().maxInflightBytes());
    }

    void occupy(Outgoing outgoing) {
        outgoing.inWindow = true;
        used++;
        usedBytes += outgoing.bytes();
    }

    void leave(Outgoing outgoing) {
        if (outgoing.inWindow) {
            outgoing.inWindow = false;
            used--;
            usedBytes -= outgoing.bytes();
        }
    }
}
