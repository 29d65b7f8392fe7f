package io.alicia.mqtt.codec;

import io.alicia.mqtt.topic.AliciaTopic;

/**
 * A kind of message: a row of the topic table and what its payload is.
 *
 * @param <T> what a Topic Name is read as
 * @param <P> what a payload is read as
 * @param topic the names, the RETAIN flag and the QoS
 * @param codec reads and writes the payload
 */
public record AliciaMessage<T, P>(AliciaTopic<T> topic, PayloadCodec<P> codec) {}
