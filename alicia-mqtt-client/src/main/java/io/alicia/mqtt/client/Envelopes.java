package io.alicia.mqtt.client;

import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.MessageType;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Wraps what this client sends.
 *
 * @param source this client's name on the house's bus
 * @param messageIds gives a new message id each time
 * @param now the time
 */
record Envelopes(String source, Supplier<String> messageIds, Supplier<Instant> now) {

    <P> Envelope<P> wrap(MessageType type, P payload) {
        return Envelope.of(messageIds.get(), now.get(), source, type, payload);
    }
}
