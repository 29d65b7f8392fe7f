package io.alicia.mqtt.examples;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;
import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.topic.TopicTemplate;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Protobuf messages as payloads: a codec of a few lines serves every type that protoc generates. */
public final class ProtobufPayloads {

    private ProtobufPayloads() {}

    /**
     * Messages of one type.
     *
     * @param parser of the generated class, such as {@code Timestamp.parser()}
     */
    private record ProtobufCodec<M extends MessageLite>(Parser<M> parser) implements PayloadCodec<M> {

        @Override
        public M decode(byte[] payload) {
            try {
                return parser.parseFrom(payload);
            } catch (InvalidProtocolBufferException e) {
                throw new PayloadException("not the expected Protobuf message: " + e.getMessage(), e);
            }
        }

        @Override
        public byte[] encode(M message) {
            return message.toByteArray();
        }

        @Override
        public String contentType() {
            return "application/x-protobuf";
        }
    }

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                AliciaMqtt alicia = broker.connect("alicia")) {
            TypedTopic<String, Timestamp> fed = alicia.topic(
                            TopicTemplate.of("pets/{pet}/fed"), new ProtobufCodec<>(Timestamp.parser()))
                    .withRetained(true);

            fed.publish("cat", Timestamp.newBuilder().setSeconds(1_767_225_600).build())
                    .blockingAwait();

            fed.messages()
                    .timeout(5, TimeUnit.SECONDS)
                    .take(1)
                    .blockingForEach(at -> System.out.println("The " + at.levels() + " was fed at "
                            + Instant.ofEpochSecond(at.payload().getSeconds())));
        }
    }
}
