package io.alicia.mqtt.broker.session;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The room for large packets that arrive piece by piece, which all connections share. A packet has a place as large as
 * itself before more of it is read than its head, so that whatever has begun can be completed; the others wait, first
 * come, first served. Safe for any number of threads, none of which waits for another.
 */
final class LargePackets {

    /** Smaller packets need no place: each connection may have as much as that for itself. */
    static final int LARGE_BYTES = 16 * 1024;

    private enum State {
        WAITING,
        GRANTED,
        LEFT
    }

    /** For one packet. */
    final class Place {

        private final int bytes;
        private final Runnable granted;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

        private Place(int bytes, Runnable granted) {
            this.bytes = bytes;
            this.granted = granted;
        }

        boolean isGranted() {
            return state.get() == State.GRANTED;
        }

        /** The packet was taken, or will never be; others may have the place. */
        void leave() {
            if (state.getAndSet(State.LEFT) == State.GRANTED) {
                usedBytes.addAndGet(-bytes);
            }
            grant();
        }

        private boolean isLeft() {
            return state.get() == State.LEFT;
        }
    }

    private final long maximumBytes;
    private final AtomicLong usedBytes = new AtomicLong();
    private final ConcurrentLinkedQueue<Place> waiting = new ConcurrentLinkedQueue<>();
    /** Calls of {@link #grant} that came since one of them began: it alone goes on, once more for all others. */
    private final AtomicInteger grants = new AtomicInteger();

    LargePackets(long maximumBytes) {
        this.maximumBytes = maximumBytes;
    }

    /**
     * Asks for a place.
     *
     * @param bytes the size of the packet, not more than there is room at all
     * @param granted run when there is room, perhaps before this returns; by any thread, and briefly
     */
    Place ask(int bytes, Runnable granted) {
        Place place = new Place(bytes, granted);
        waiting.add(place);
        grant();
        return place;
    }

    /** Whether somebody waits for what others have. */
    boolean areAwaited() {
        return !waiting.isEmpty();
    }

    long usedBytes() {
        return usedBytes.get();
    }

    private void grant() {
        if (grants.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        while (seen > 0) {
            Place next = waiting.peek();
            while (next != null && (next.isLeft() || usedBytes.get() + next.bytes <= maximumBytes)) {
                waiting.remove();
                grant(next);
                next = waiting.peek();
            }
            seen = grants.addAndGet(-seen);
        }
    }

    private void grant(Place next) {
        usedBytes.addAndGet(next.bytes);
        if (next.state.compareAndSet(State.WAITING, State.GRANTED)) {
            next.granted.run();
        } else {
            usedBytes.addAndGet(-next.bytes);
        }
    }
}
