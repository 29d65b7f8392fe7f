package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code temperature_unit}. */
public enum TemperatureUnit implements OptionWord {
    /** Degrees Celsius. */
    CELSIUS("C"),
    /** Degrees Fahrenheit. */
    FAHRENHEIT("F");

    private final String word;

    TemperatureUnit(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
