package io.alicia.mqtt.broker.store;

import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * An Application Message as it is kept.
 *
 * @param topic where to, with the publisher's mount point
 * @param payload the bytes
 * @param qos as published
 * @param retain as published
 * @param properties what goes on to subscribers; the Message Expiry Interval counts from {@code receivedAtMillis}
 * @param receivedAtMillis when it came in, milliseconds of the epoch
 * @param publisher the publisher's Client Identifier, null if it is the broker itself
 * @param publisherAccount the publisher's account, null if it is anonymous
 * @param listener the name of the listener that it came by, whose rules hold for its publisher; null if none is known
 */
public record StoredMessage(
        TopicName topic,
        BinaryData payload,
        Qos qos,
        boolean retain,
        PublishProperties properties,
        long receivedAtMillis,
        @Nullable String publisher,
        @Nullable String publisherAccount,
        @Nullable String listener) {}
