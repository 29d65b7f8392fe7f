package io.alicia.mqtt.client;

import java.util.concurrent.atomic.AtomicReference;

/** Whether a message that may be spared the disk gets there: whoever comes first, the lane or the thread that writes, decides. */
final class DiskClaim {

    private enum State {
        DUE,
        TAKEN,
        SPARED
    }

    private final AtomicReference<State> state;

    private DiskClaim(State state) {
        this.state = new AtomicReference<>(state);
    }

    /** Of a message that is to be written soon, unless it is spared. */
    static DiskClaim due() {
        return new DiskClaim(State.DUE);
    }

    /** Of a message that is written in any case, or has been. */
    static DiskClaim taken() {
        return new DiskClaim(State.TAKEN);
    }

    /** It is written now; tells whether it was not spared. */
    boolean take() {
        return state.compareAndSet(State.DUE, State.TAKEN) || isTaken();
    }

    /** It is never to be written; tells whether that came in time. */
    boolean spare() {
        return state.compareAndSet(State.DUE, State.SPARED);
    }

    boolean isTaken() {
        return state.get() == State.TAKEN;
    }
}
