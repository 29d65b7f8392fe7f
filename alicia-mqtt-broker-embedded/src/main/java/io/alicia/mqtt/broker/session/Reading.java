package io.alicia.mqtt.broker.session;

import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a connection is read, and the last sign that its client is there: bytes from it; while it is not read because
 * it has so much to read itself, that it does so; and any time at which it had to wait for the broker. Belongs to the
 * connection's event loop.
 */
final class Reading {

    private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);
    private long lastSignMillis;
    /** While it is not read because of its output: the least of it that was seen. */
    private long leastUnsentBytes;

    /** Bytes have come, or their time begins. */
    void heard(long nowMillis) {
        lastSignMillis = nowMillis;
    }

    boolean isPaused() {
        return !pauses.isEmpty();
    }

    boolean isPausedFor(Pause pause) {
        return pauses.contains(pause);
    }

    /**
     * It is not read from now on.
     *
     * @param unsentBytes what its client has not taken yet
     */
    void pause(Pause pause, long unsentBytes) {
        if (pauses.add(pause) && pause == Pause.OUTPUT) {
            leastUnsentBytes = unsentBytes;
        }
    }

    /** Ends one pause; tells whether it was the last, so that the connection is read again. */
    boolean resume(Pause pause, long nowMillis) {
        if (!pauses.remove(pause) || !pauses.isEmpty()) {
            return false;
        }
        if (pause == Pause.OUTPUT || pause.causedByBroker()) {
            // What it sent meanwhile was not heard.
            lastSignMillis = nowMillis;
        }
        return true;
    }

    /**
     * {@return the time of the last sign of life, milliseconds of the epoch}
     *
     * @param unsentBytes what the client has not taken yet
     */
    long lastSignMillis(long nowMillis, long unsentBytes) {
        if (pauses.contains(Pause.OUTPUT)) {
            if (unsentBytes < leastUnsentBytes) {
                leastUnsentBytes = unsentBytes;
                lastSignMillis = nowMillis;
            }
        } else if (waitsForBroker()) {
            lastSignMillis = nowMillis;
        }
        return lastSignMillis;
    }

    private boolean waitsForBroker() {
        for (Pause pause : pauses) {
            if (pause.causedByBroker()) {
                return true;
            }
        }
        return false;
    }
}
