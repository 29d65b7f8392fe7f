package io.alicia.mqtt.topic;

import io.alicia.mqtt.protocol.Qos;

/**
 * One row of the house's topic table: where a message goes, whether the server keeps it, and how hard its sender tries.
 *
 * @param <T> what a Topic Name is read as
 * @param template the names
 * @param retained whether it is sent with the RETAIN flag, so that a late subscriber gets the last one (MQTT 5 §3.3.1.3)
 * @param qos the QoS to send and to subscribe with
 */
public record AliciaTopic<T>(TopicTemplate<T> template, boolean retained, Qos qos) {

    static <T> AliciaTopic<T> event(TopicTemplate<T> template) {
        return new AliciaTopic<>(template, false, Qos.AT_LEAST_ONCE);
    }

    static <T> AliciaTopic<T> state(TopicTemplate<T> template) {
        return new AliciaTopic<>(template, true, Qos.AT_LEAST_ONCE);
    }

    /**
     * {@return the Topic Name of a value}
     *
     * @param value the levels
     * @throws IllegalArgumentException if a part cannot stand in its level; the message names template, level and reason
     */
    public TopicName name(T value) {
        return template.name(value);
    }

    /** {@return the filter that matches every name; see {@link TopicTemplate#filter()}} */
    public TopicFilter filter() {
        return template.filter();
    }

    /**
     * {@return the row of one of the names alone}
     *
     * @param value the levels
     * @throws IllegalArgumentException if a part cannot stand in its level; the message names template, level and reason
     */
    public AliciaTopic<NoLevels> only(T value) {
        return new AliciaTopic<>(TopicTemplate.fixed(name(value).value()), retained, qos);
    }
}
