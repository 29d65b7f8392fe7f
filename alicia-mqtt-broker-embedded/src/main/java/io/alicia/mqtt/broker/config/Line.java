package io.alicia.mqtt.broker.config;

/**
 * One directive being read.
 *
 * @param option what it sets
 * @param written the name as written, perhaps an alias
 * @param words what follows the name
 * @param at where it stands
 * @param place what is above it
 */
record Line(Option option, String written, Words words, Location at, Place place) {

    /** {@return what messages about the value call the option} */
    String label() {
        return option.label().equals(option.name()) ? written : option.label();
    }
}
