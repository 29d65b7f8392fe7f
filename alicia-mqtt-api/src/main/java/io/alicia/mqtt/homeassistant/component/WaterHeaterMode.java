package io.alicia.mqtt.homeassistant.component;

/**
 * What can stand in {@code modes} of {@code water_heater}. Home Assistant knows the constants and takes other words as
 * well.
 *
 * @param word the mode as it stands in messages
 */
public record WaterHeaterMode(String word) implements OptionWord {

    /** The word {@code eco}. */
    public static final WaterHeaterMode ECO = new WaterHeaterMode("eco");

    /** The word {@code electric}. */
    public static final WaterHeaterMode ELECTRIC = new WaterHeaterMode("electric");

    /** The word {@code gas}. */
    public static final WaterHeaterMode GAS = new WaterHeaterMode("gas");

    /** The word {@code heat_pump}. */
    public static final WaterHeaterMode HEAT_PUMP = new WaterHeaterMode("heat_pump");

    /** The word {@code high_demand}. */
    public static final WaterHeaterMode HIGH_DEMAND = new WaterHeaterMode("high_demand");

    /** The word {@code off}. */
    public static final WaterHeaterMode OFF = new WaterHeaterMode("off");

    /** The word {@code performance}. */
    public static final WaterHeaterMode PERFORMANCE = new WaterHeaterMode("performance");
}
