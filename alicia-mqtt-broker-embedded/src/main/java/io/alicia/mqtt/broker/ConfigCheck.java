package io.alicia.mqtt.broker;

/** Refusals of configuration values: one sentence with the option, the value and what was expected. */
final class ConfigCheck {

    private ConfigCheck() {}

    static void range(String option, long value, long from, long to) {
        that(value >= from && value <= to, option + " is " + value + ", expected " + from + " to " + to);
    }

    static void that(boolean holds, String refusal) {
        if (!holds) {
            throw new IllegalStateException(refusal);
        }
    }
}
