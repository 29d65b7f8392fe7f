package io.alicia.mqtt.homeassistant.template;

/** {@code continue} or {@code break}, on its way to the loop that it stands in. */
final class LoopControl extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean ends;

    /**
     * One of the two.
     *
     * @param ends whether the loop ends, and not only its round
     */
    LoopControl(boolean ends) {
        super(ends ? "break" : "continue", null, false, false);
        this.ends = ends;
    }

    boolean endsLoop() {
        return ends;
    }
}
