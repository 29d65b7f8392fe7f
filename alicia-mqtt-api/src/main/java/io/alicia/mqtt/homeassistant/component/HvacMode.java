package io.alicia.mqtt.homeassistant.component;

/**
 * What can stand in {@code modes} of {@code climate}. Home Assistant knows the constants and takes other words as well.
 *
 * @param word the mode as it stands in messages
 */
public record HvacMode(String word) implements OptionWord {

    /** The word {@code auto}. */
    public static final HvacMode AUTO = new HvacMode("auto");

    /** The word {@code cool}. */
    public static final HvacMode COOL = new HvacMode("cool");

    /** The word {@code dry}. */
    public static final HvacMode DRY = new HvacMode("dry");

    /** The word {@code fan_only}. */
    public static final HvacMode FAN_ONLY = new HvacMode("fan_only");

    /** The word {@code heat}. */
    public static final HvacMode HEAT = new HvacMode("heat");

    /** The word {@code heat_cool}. */
    public static final HvacMode HEAT_COOL = new HvacMode("heat_cool");

    /** The word {@code off}. */
    public static final HvacMode OFF = new HvacMode("off");
}
