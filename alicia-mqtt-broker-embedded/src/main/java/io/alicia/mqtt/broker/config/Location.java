package io.alicia.mqtt.broker.config;

/**
 * A line of a configuration file.
 *
 * @param file the file, as named on the command line or found by {@code include_dir}
 * @param line counted from 1
 */
public record Location(String file, int line) {

    /** {@return {@code file:line}} */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
