package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.payload.Routing;
import io.alicia.mqtt.payload.SpeakerStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeCodecTest {

    private static final AliciaCodecs CODECS = AliciaCodecs.inUtc();
    private static final JsonCodec<Envelope<Command>> COMMANDS = CODECS.enveloped(CODECS.busCommand());
    private static final JsonCodec<MaybeEnveloped<SpeakerStatus>> SPEAKERS =
            CODECS.maybeEnveloped(CODECS.speakerStatus());

    @Test
    void an_envelope_made_by_hand_is_written_as_services_do() {
        Envelope<Command> envelope = Envelope.of(
                "m-1",
                Instant.parse("2025-09-12T14:00:01.500Z"),
                "device_manager",
                MessageType.EVENT,
                Command.setVolume(30));

        assertThat(Json.write(COMMANDS.toJson(envelope)))
                .isEqualTo("{\"message_id\":\"m-1\",\"timestamp\":1757685601.5,\"source\":\"device_manager\","
                        + "\"destination\":\"broadcast\",\"message_type\":\"event\",\"priority\":\"normal\",\"ttl\":300,"
                        + "\"payload\":{\"command\":\"set_volume\",\"parameters\":{\"volume\":30}},"
                        + "\"routing\":{\"hops\":0,\"max_hops\":10}}");
        assertThat(COMMANDS.fromJson(COMMANDS.toJson(envelope))).isEqualTo(envelope);
    }

    @Test
    void a_changed_payload_stays_in_the_envelopes_it_came_in() {
        JsonObject sample =
                (JsonObject) Samples.read("speaker-status-bus-double-envelope").payload();
        Envelope<SpeakerStatus> envelope = SPEAKERS.fromJson(sample).envelope().orElseThrow();

        SpeakerStatus louder = envelope.payload().toBuilder()
                .volumePercent(31)
                .artist("Nina Simone")
                .build();
        JsonObject again = (JsonObject) SPEAKERS.toJson(
                MaybeEnveloped.in(envelope.toBuilder().payload(louder).build()));

        JsonObject inner = (JsonObject) again.get("payload").orElseThrow();
        assertThat(inner.get("message_id")).isEqualTo(member(sample, "payload").get("message_id"));
        assertThat(inner.getOrNull("payload"))
                .hasToString("{\"speaker_id\":\"sonos_kitchen\",\"volume\":31,\"mute\":false,"
                        + "\"transport_state\":\"PLAYING\",\"last_seen\":1757685600.12,\"status\":\"online\","
                        + "\"artist\":\"Nina Simone\"}");
    }

    @Test
    void an_envelope_around_a_text_is_refused_for_that_where_it_might_have_been_bare() {
        JsonValue json = Json.parse("{\"message_id\":\"m\",\"timestamp\":1,\"source\":\"s\",\"payload\":\"play\"}");

        assertThatThrownBy(() -> CODECS.maybeEnveloped(CODECS.busCommand()).fromJson(json))
                .hasMessage("payload: expected an object, found the string \"play\"");
        assertThatThrownBy(() -> CODECS.unwrapping(CODECS.busCommand()).fromJson(json))
                .hasMessage("payload: expected an object, found the string \"play\"");
    }

    private static JsonObject member(JsonObject object, String name) {
        return (JsonObject) object.get(name).orElseThrow();
    }

    @Test
    void a_forwarded_message_has_one_more_hop_and_nothing_else_changed() {
        JsonValue sample = Samples.read("command-bus").payload();
        Envelope<Command> envelope = COMMANDS.fromJson(sample);

        Routing next = envelope.routing().orElseThrow().forwarded();
        JsonValue again = COMMANDS.toJson(envelope.toBuilder().routing(next).build());

        assertThat(Json.write(again)).isEqualTo(Json.write(sample).replace("\"hops\":0", "\"hops\":1"));
    }

    @Test
    void what_may_be_enveloped_may_also_be_bare() {
        JsonValue bare = Samples.read("speaker-status-simulated").payload();

        assertThat(SPEAKERS.fromJson(bare).envelope()).isEmpty();
        assertThat(SPEAKERS.toJson(SPEAKERS.fromJson(bare))).isEqualTo(bare);
    }

    @Test
    void what_is_unwrapped_comes_out_of_any_number_of_envelopes() {
        JsonCodec<SpeakerStatus> unwrapping = CODECS.unwrapping(CODECS.speakerStatus());
        JsonValue wrapped = Samples.read("speaker-status-bus-double-envelope").payload();

        SpeakerStatus status = unwrapping.fromJson(wrapped);

        assertThat(status).isEqualTo(SPEAKERS.fromJson(wrapped).payload());
        assertThat(unwrapping.toJson(status)).isEqualTo(member(member((JsonObject) wrapped, "payload"), "payload"));
    }

    @Test
    void a_time_to_live_of_zero_and_an_empty_routing_are_kept() {
        String json = "{\"message_id\":\"m\",\"timestamp\":1,\"source\":\"s\",\"ttl\":0,\"routing\":{},"
                + "\"payload\":{\"command\":\"play\"},\"destination\":\"capability:x\"}";

        Envelope<Command> envelope = COMMANDS.fromJson(Json.parse(json));

        assertThat(envelope.ttlOrDefault()).isZero();
        assertThat(envelope.mayBeForwarded()).isTrue();
        assertThat(envelope.destination().orElseThrow().capability()).contains("x");
        assertThat(Json.write(COMMANDS.toJson(envelope))).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"command\":\"play\"}|message_id: it is missing",
                "{\"message_id\":\"m\",\"payload\":{}}|timestamp: it is missing",
                "{\"message_id\":\"m\",\"timestamp\":1,\"source\":\"s\"}|payload: it is missing",
                "{\"message_id\":\"m\",\"timestamp\":1,\"source\":\"s\",\"payload\":7}"
                        + "|payload: expected an object, found the number 7",
                "{\"message_id\":\"m\",\"timestamp\":1,\"source\":\"s\",\"payload\":{\"command\":\"play\"},"
                        + "\"routing\":{\"hops\":-1}}"
                        + "|routing.hops: expected a whole number, at least 0, found the number -1",
                "{\"message_id\":\"m\",\"timestamp\":1,\"source\":\"s\",\"payload\":"
                        + "{\"message_id\":\"i\",\"payload\":{\"command\":5}}}"
                        + "|payload.payload.command: expected a string, found the number 5",
                "{\"message_id\":\"m\",\"timestamp\":1,\"source\":\"s\",\"payload\":"
                        + "{\"message_id\":\"i\",\"payload\":\"play\"}}"
                        + "|payload.payload: expected an object, found the string \"play\"",
            })
    void what_is_no_envelope_is_refused_with_the_path(String json, String reason) {
        assertThatThrownBy(() -> COMMANDS.fromJson(Json.parse(json)))
                .isInstanceOf(PayloadException.class)
                .hasMessage(reason);
    }
}
