package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code device_class} of {@code binary_sensor}. */
public enum BinarySensorDeviceClass implements OptionWord {
    /** The word {@code battery}. */
    BATTERY,
    /** The word {@code battery_charging}. */
    BATTERY_CHARGING,
    /** The word {@code carbon_monoxide}. */
    CARBON_MONOXIDE,
    /** The word {@code cold}. */
    COLD,
    /** The word {@code connectivity}. */
    CONNECTIVITY,
    /** The word {@code door}. */
    DOOR,
    /** The word {@code garage_door}. */
    GARAGE_DOOR,
    /** The word {@code gas}. */
    GAS,
    /** The word {@code heat}. */
    HEAT,
    /** The word {@code light}. */
    LIGHT,
    /** The word {@code lock}. */
    LOCK,
    /** The word {@code moisture}. */
    MOISTURE,
    /** The word {@code motion}. */
    MOTION,
    /** The word {@code moving}. */
    MOVING,
    /** The word {@code occupancy}. */
    OCCUPANCY,
    /** The word {@code opening}. */
    OPENING,
    /** The word {@code plug}. */
    PLUG,
    /** The word {@code power}. */
    POWER,
    /** The word {@code presence}. */
    PRESENCE,
    /** The word {@code problem}. */
    PROBLEM,
    /** The word {@code running}. */
    RUNNING,
    /** The word {@code safety}. */
    SAFETY,
    /** The word {@code smoke}. */
    SMOKE,
    /** The word {@code sound}. */
    SOUND,
    /** The word {@code tamper}. */
    TAMPER,
    /** The word {@code update}. */
    UPDATE,
    /** The word {@code vibration}. */
    VIBRATION,
    /** The word {@code window}. */
    WINDOW
}
