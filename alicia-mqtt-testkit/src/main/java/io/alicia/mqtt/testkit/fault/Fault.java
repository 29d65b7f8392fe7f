package io.alicia.mqtt.testkit.fault;

import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import java.time.Duration;

/**
 * Something that goes wrong with packets at the broker's edge. A description without state: one may be given to the {@link
 * Faults} of many brokers.
 *
 * <pre>
 * client ──FROM_CLIENT──▶ │ edge │ ──▶ broker
 *        ◀──TO_CLIENT──── │      │ ◀──
 * </pre>
 */
public sealed interface Fault {

    /** Which packets it concerns. */
    Packets packets();

    /** Packets of this kind, in either direction, never arrive. */
    static Fault drop(Kind kind) {
        return new Drop(Packets.of(kind));
    }

    /** Packets of this kind, in either direction, arrive later. */
    static Fault hold(Kind kind, Duration duration) {
        return new Hold(Packets.of(kind), duration);
    }

    /** A packet of this kind, in either direction, never arrives and the network connection is cut in its place. */
    static Fault cut(Kind kind) {
        return new Cut(Packets.of(kind));
    }

    /**
     * They never arrive; their sender believes that they did.
     *
     * @param packets which
     */
    record Drop(Packets packets) implements Fault {
        @Override
        public String toString() {
            return "drop " + packets;
        }
    }

    /**
     * They arrive later; all packets of the same connection and direction wait behind them.
     *
     * @param packets which
     * @param duration for how long, unless the fault is lifted before
     */
    record Hold(Packets packets, Duration duration) implements Fault {

        /** They arrive when the fault is lifted. */
        public Hold(Packets packets) {
            this(packets, Duration.ofDays(1));
        }

        @Override
        public String toString() {
            return "hold " + packets + " for " + duration.toMillis() + " ms";
        }
    }

    /**
     * They never arrive, and the network connection is cut without a word in their place.
     *
     * @param packets which
     */
    record Cut(Packets packets) implements Fault {
        @Override
        public String toString() {
            return "cut at " + packets;
        }
    }
}
