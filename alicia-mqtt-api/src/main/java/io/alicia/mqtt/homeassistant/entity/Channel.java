package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.template.Template;
import java.util.Optional;
import java.util.function.Function;

/**
 * One topic of an entity, and how what is said there stands in payloads.
 *
 * @param <T> commands or states
 * @param topic a Topic Name, or a Topic Filter where Home Assistant subscribes
 * @param template what stands between the payload and what is said
 * @param reader what a payload says, or empty if it says nothing that is known
 * @param writer how something is said on this topic, or empty if it is not said here
 * @param quiet whether a message that says nothing here is no reason to complain
 */
record Channel<T>(
        String topic,
        Optional<Template> template,
        Function<String, Optional<? extends T>> reader,
        Function<T, Optional<String>> writer,
        boolean quiet) {}
