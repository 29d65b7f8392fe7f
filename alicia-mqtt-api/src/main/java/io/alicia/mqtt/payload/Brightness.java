package io.alicia.mqtt.payload;

/**
 * The brightness that a light is told to have. Commands count it in 256 steps, people and statuses in percent.
 *
 * @param level the step on the wire, 0 to 255
 */
public record Brightness(int level) {

    /** The highest step. */
    public static final int MAX_LEVEL = 255;

    /** As bright as the light can be. */
    public static final Brightness FULL = new Brightness(MAX_LEVEL);

    /**
     * A brightness.
     *
     * @param level the step on the wire, 0 to 255
     * @throws IllegalArgumentException if it is out of that range
     */
    public Brightness {
        Ranges.require("brightness", level, 0, MAX_LEVEL, "steps");
    }

    /**
     * {@return the brightness of a percentage, rounded to the nearest step}
     *
     * @param percent in %, 0 to 100
     * @throws IllegalArgumentException if it is out of that range
     */
    public static Brightness percent(int percent) {
        Ranges.require("brightness", percent, 0, 100, "%");
        return new Brightness(Math.round(percent * MAX_LEVEL / 100f));
    }

    /** {@return the brightness in %, 0 to 100, rounded; {@code percent(n).percent()} is {@code n}} */
    public int percent() {
        return Math.round(level * 100f / MAX_LEVEL);
    }
}
