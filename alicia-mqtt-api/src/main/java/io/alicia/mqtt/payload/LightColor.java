package io.alicia.mqtt.payload;

/**
 * The colour of a light, by its name on the wire. The house knows the constants here; any other text is a colour too.
 *
 * @param name the name, such as {@code warm_white}
 */
public record LightColor(String name) {

    /** Warm white. */
    public static final LightColor WARM_WHITE = new LightColor("warm_white");

    /** Cool white. */
    public static final LightColor COOL_WHITE = new LightColor("cool_white");

    /** Red. */
    public static final LightColor RED = new LightColor("red");

    /** Green. */
    public static final LightColor GREEN = new LightColor("green");

    /** Blue. */
    public static final LightColor BLUE = new LightColor("blue");

    /** {@return {@link #name()}} */
    @Override
    public String toString() {
        return name;
    }
}
