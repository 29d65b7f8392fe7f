package io.alicia.mqtt.codec;

import static io.alicia.mqtt.codec.Shapes.COUNT;
import static io.alicia.mqtt.codec.Shapes.TEXT;

import io.alicia.mqtt.payload.Destination;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.payload.Priority;
import io.alicia.mqtt.payload.Routing;
import org.jspecify.annotations.Nullable;

/** The fields of an envelope, and the way through one envelope in another to the innermost payload. */
final class EnvelopeCodec {

    private static final Shape<Destination> DESTINATION = Shapes.text(Destination::new, Destination::value);
    private static final Shape<MessageType> MESSAGE_TYPE = Shapes.text(MessageType::new, MessageType::name);
    private static final Shape<Priority> PRIORITY = Shapes.text(Priority::new, Priority::name);
    private static final Shape<Routing> ROUTING = Shape.of(Fields.<Routing, Routing.Builder>of(Routing::builder)
            .optionalInt("hops", COUNT, Routing::hops, Routing.Builder::hops)
            .optionalInt("max_hops", COUNT, Routing::maxHops, Routing.Builder::maxHops)
            .build(Routing.Builder::build, Routing.Builder::additional, Routing.Builder::wireForm));

    private EnvelopeCodec() {}

    /** The codec of envelopes that hold what {@code payload} reads. */
    static <T> JsonCodec<Envelope<T>> of(JsonCodec<T> payload, TimeShapes times) {
        return Fields.<Envelope<T>, Envelope.Builder<T>>of(Envelope::<T>builder)
                .required("message_id", TEXT, Envelope::messageId, Envelope.Builder::messageId)
                .required("timestamp", times.unix, Envelope::timestamp, Envelope.Builder::timestamp)
                .required("source", TEXT, Envelope::source, Envelope.Builder::source)
                .optional("destination", DESTINATION, Envelope::destination, Envelope.Builder::destination)
                .optional("message_type", MESSAGE_TYPE, Envelope::messageType, Envelope.Builder::messageType)
                .optional("priority", PRIORITY, Envelope::priority, Envelope.Builder::priority)
                .optional("ttl", TimeShapes.SECONDS, Envelope::ttl, Envelope.Builder::ttl)
                .required("payload", new Innermost<>(payload), Envelope::payload, Envelope.Builder::payload)
                .optional("routing", ROUTING, Envelope::routing, Envelope.Builder::routing)
                .build(Envelope.Builder::build, Envelope.Builder::additional, Envelope.Builder::wireForm);
    }

    /** Whether a JSON value is an envelope: it holds an object as payload, and names or classifies the message. */
    static boolean isEnvelope(JsonValue json) {
        return json instanceof JsonObject object
                && object.getOrNull("payload") instanceof JsonObject
                && (Shapes.has(object, "message_id") || Shapes.has(object, "message_type"));
    }

    /**
     * Reads what is in no envelope. What cannot be read, but is one except for a payload that is no object, is refused for
     * that: the fields that a bare payload would have to have are not what is missing.
     */
    static <T> T bare(JsonCodec<T> payload, JsonValue json) {
        try {
            return payload.fromJson(json);
        } catch (PayloadException e) {
            if (json instanceof JsonObject object
                    && Shapes.has(object, "message_id")
                    && object.get("payload").isPresent()
                    && !isEnvelope(json)) {
                throw Shapes.unexpected(object.members().getOrDefault("payload", json), "an object")
                        .within("payload");
            }
            throw e;
        }
    }

    /** What is in the innermost envelope; written back into the envelopes that it came in. */
    record Innermost<T>(JsonCodec<T> payload) implements Shape<T> {

        @Override
        public T read(JsonValue json) {
            if (!(json instanceof JsonObject envelope) || !isEnvelope(json)) {
                return bare(payload, json);
            }
            try {
                return read(envelope.members().getOrDefault("payload", json));
            } catch (PayloadException e) {
                throw e.within("payload");
            }
        }

        @Override
        public JsonValue write(T value, @Nullable JsonValue like) {
            if (!(like instanceof JsonObject envelope) || !isEnvelope(like)) {
                return payload.toJson(value);
            }
            return envelope.toBuilder()
                    .put("payload", write(value, envelope.getOrNull("payload")))
                    .build();
        }
    }
}
