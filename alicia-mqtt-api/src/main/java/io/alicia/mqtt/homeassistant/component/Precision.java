package io.alicia.mqtt.homeassistant.component;

import java.math.BigDecimal;

/** What can stand in {@code precision} of {@code climate} and {@code water_heater}: in which steps temperatures are shown. */
public enum Precision {
    /** Steps of 0.1. */
    TENTHS("0.1"),
    /** Steps of 0.5. */
    HALVES("0.5"),
    /** Steps of 1. */
    WHOLE("1");

    private final BigDecimal step;

    Precision(String step) {
        this.step = new BigDecimal(step);
    }

    /** {@return the step} */
    public BigDecimal step() {
        return step;
    }
}
