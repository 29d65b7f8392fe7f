package io.alicia.mqtt.homeassistant.template;

import java.util.List;

/** What an assignment puts a value into. */
sealed interface Target {

    /** A variable. */
    record Name(String name) implements Target {}

    /** {@code namespace.attribute}. */
    record Attribute(String namespace, String attribute) implements Target {}

    /** Several, each of which takes an element of the value. */
    record Several(List<Target> targets) implements Target {}
}
