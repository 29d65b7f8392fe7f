package io.alicia.mqtt.broker.routing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The latest state of a trie: an atomic reference that is never null. */
final class AtomicRoot<N> {

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(AtomicRoot.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile N state;

    AtomicRoot(N state) {
        this.state = state;
    }

    N get() {
        return state;
    }

    boolean compareAndSet(N before, N after) {
        return STATE.compareAndSet(this, before, after);
    }
}
