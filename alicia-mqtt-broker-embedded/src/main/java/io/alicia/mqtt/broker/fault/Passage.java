package io.alicia.mqtt.broker.fault;

import java.util.concurrent.CompletionStage;

/** How a packet crosses the protocol's edge. */
public sealed interface Passage {

    /** {@return as if there were no gate} */
    static Passage pass() {
        return Pass.INSTANCE;
    }

    /** {@return not at all: its sender believes it sent, its receiver never sees it} */
    static Passage drop() {
        return Drop.INSTANCE;
    }

    /** {@return not at all, and the network connection is cut without a word} */
    static Passage cut() {
        return Cut.INSTANCE;
    }

    /**
     * {@return later; all packets of the same connection and direction wait behind it}
     *
     * @param until when it may pass; may complete on any thread
     */
    static Passage holdUntil(CompletionStage<?> until) {
        return new Hold(until);
    }

    /** As if there were no gate. */
    enum Pass implements Passage {
        /** The only one. */
        INSTANCE
    }

    /** Never arrives. */
    enum Drop implements Passage {
        /** The only one. */
        INSTANCE
    }

    /** Never arrives and ends the connection. */
    enum Cut implements Passage {
        /** The only one. */
        INSTANCE
    }

    /**
     * Arrives later.
     *
     * @param until when
     */
    record Hold(CompletionStage<?> until) implements Passage {}
}
