package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.topic.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    private static final AliciaCodecs UTC = AliciaCodecs.inUtc();
    private static final AliciaCodecs BERLIN = AliciaCodecs.in(ZoneId.of("Europe/Berlin"));

    private static SensorReading read(AliciaCodecs codecs, String timestamp) {
        return codecs.sensorReading().fromJson(Json.parse("{\"device_id\":\"hall\",\"timestamp\":" + timestamp + "}"));
    }

    private static JsonValue written(AliciaCodecs codecs, SensorReading reading) {
        return ((JsonObject) codecs.sensorReading().toJson(reading))
                .get("timestamp")
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"2025-09-08T12:30:00\"|2025-09-08T10:30:00Z",
                "\"2025-01-08T12:30\"|2025-01-08T11:30:00Z",
                "\"2025-09-08T12:30:00.123456\"|2025-09-08T10:30:00.123456Z",
                "\"2025-09-08T12:30:00Z\"|2025-09-08T12:30:00Z",
                "\"2025-09-08T12:30:00+00:00\"|2025-09-08T12:30:00Z",
                "\"2025-09-08T12:30:00.5-05:30\"|2025-09-08T18:00:00.5Z",
                "1757685600.123|2025-09-12T14:00:00.123Z",
                "1757685600|2025-09-12T14:00:00Z",
                "0|1970-01-01T00:00:00Z",
                "-0.5|1969-12-31T23:59:59.500Z",
                "1.7576856E+9|2025-09-12T14:00:00Z",
                "1757685600.1234567890123|2025-09-12T14:00:00.123456789Z",
            })
    void all_three_shapes_are_read_and_come_back_as_they_were(String timestamp, Instant expected) {
        SensorReading reading = read(BERLIN, timestamp);

        assertThat(reading.timestamp()).contains(expected);
        assertThat(written(BERLIN, reading)).isEqualTo(Json.parse(timestamp));
    }

    @Test
    void a_time_without_zone_is_in_the_zone_of_the_house() {
        assertThat(read(UTC, "\"2025-09-08T12:30:00\"").timestamp()).contains(Instant.parse("2025-09-08T12:30:00Z"));
        assertThat(read(BERLIN, "\"2025-09-08T12:30:00\"").timestamp()).contains(Instant.parse("2025-09-08T10:30:00Z"));
    }

    @Test
    void where_clocks_are_changed_the_earlier_time_counts_and_a_gap_is_skipped() {
        assertThat(read(BERLIN, "\"2025-10-26T02:30:00\"").timestamp()).contains(Instant.parse("2025-10-26T00:30:00Z"));
        assertThat(read(BERLIN, "\"2025-03-30T02:30:00\"").timestamp()).contains(Instant.parse("2025-03-30T01:30:00Z"));
    }

    @Test
    void a_changed_time_keeps_its_shape() {
        Instant later = Instant.parse("2025-09-12T15:00:00Z");

        assertThat(written(BERLIN, at(read(BERLIN, "\"2025-09-08T12:30:00\""), later)))
                .hasToString("\"2025-09-12T17:00:00\"");
        assertThat(written(BERLIN, at(read(BERLIN, "\"2025-09-08T12:30:00+02:00\""), later)))
                .hasToString("\"2025-09-12T15:00:00Z\"");
        assertThat(written(BERLIN, at(read(BERLIN, "1757685600.123"), later))).hasToString("1757689200.0");
    }

    @Test
    void a_changed_time_that_would_be_ambiguous_without_zone_gets_one() {
        SensorReading local = read(BERLIN, "\"2025-09-08T12:30:00\"");

        assertThat(written(BERLIN, at(local, Instant.parse("2025-10-26T00:30:00Z"))))
                .hasToString("\"2025-10-26T02:30:00\"");
        assertThat(written(BERLIN, at(local, Instant.parse("2025-10-26T01:30:00Z"))))
                .hasToString("\"2025-10-26T01:30:00Z\"");
    }

    private static SensorReading at(SensorReading reading, Instant time) {
        return reading.toBuilder().timestamp(time).build();
    }

    @Test
    void a_new_time_is_written_as_the_contract_says() {
        Instant time = Instant.parse("2025-09-12T14:00:00.250Z");
        SensorReading reading = SensorReading.builder()
                .deviceId(DeviceId.of("hall"))
                .timestamp(time)
                .build();
        assertThat(written(BERLIN, reading)).hasToString("\"2025-09-12T14:00:00.250Z\"");

        JsonCodec<Envelope<JsonValue>> envelopes = BERLIN.enveloped(PayloadCodec.json());
        JsonObject envelope =
                (JsonObject) envelopes.toJson(Envelope.of("m", time, "s", MessageType.EVENT, JsonObject.empty()));
        assertThat(envelope.getOrNull("timestamp")).hasToString("1757685600.25");
        assertThat(envelope.getOrNull("ttl")).hasToString("300");

        JsonObject whole = (JsonObject) envelopes.toJson(
                Envelope.of("m", Instant.ofEpochSecond(1_757_685_590), "s", MessageType.EVENT, JsonObject.empty()));
        assertThat(whole.getOrNull("timestamp")).hasToString("1757685590.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yesterday\"",
                "\"\"",
                "\"2025-09-08\"",
                "\"2025-13-08T12:30:00\"",
                "\"2025-09-08 12:30:00\"",
                "true",
                "[]",
                "1e18",
                "-1e18",
                "1e300",
                "-1e300"
            })
    void what_tells_no_time_is_refused_with_the_shapes_that_do(String timestamp) {
        assertThatThrownBy(() -> read(UTC, timestamp))
                .isInstanceOf(PayloadException.class)
                .hasMessageContainingAll("timestamp: expected a time (2025-09-08T12:30:00, ", "Unix seconds")
                .extracting(e -> ((PayloadException) e).path())
                .isEqualTo("timestamp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"+12025-09-08T12:30:00Z\"",
                "\"0000-12-31T23:59:59Z\"",
                "\"9999-12-31T23:59:59-01:00\"",
                "253402300800",
                "-62135596800.5",
            })
    void all_shapes_end_with_the_year_9999_and_begin_with_the_year_1(String timestamp) {
        assertThatThrownBy(() -> read(UTC, timestamp))
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith("timestamp: expected a time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "0000-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void a_time_that_would_be_read_by_nobody_is_not_written(Instant time) {
        for (String like : List.of("\"2025-09-08T12:30:00\"", "\"2025-09-08T12:30:00Z\"", "1757685600.5")) {
            assertThatThrownBy(() -> written(BERLIN, at(read(BERLIN, like), time)))
                    .as(like)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(time + " cannot be told");
        }
        JsonCodec<Envelope<JsonValue>> envelopes = UTC.enveloped(PayloadCodec.json());
        assertThatThrownBy(() -> envelopes.encode(Envelope.of("m", time, "s", MessageType.EVENT, JsonObject.empty())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "9999-12-31T23:30:00Z"})
    void the_first_time_and_the_last_are_read_back_in_each_shape(Instant time) {
        for (String like : List.of("\"2025-09-08T12:30:00\"", "\"2025-09-08T12:30:00Z\"", "1757685600.5")) {
            SensorReading reading = at(read(BERLIN, like), time);
            assertThat(read(BERLIN, written(BERLIN, reading).toString()).timestamp())
                    .as(like)
                    .contains(time);
        }
    }

    @Test
    void the_longest_duration_is_read_back() {
        JsonCodec<Envelope<JsonValue>> envelopes = UTC.enveloped(PayloadCodec.json());
        Envelope<JsonValue> longest = Envelope.of("m", Instant.EPOCH, "s", MessageType.EVENT, JsonObject.empty());
        Duration ttl = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

        assertThat(envelopes
                        .decode(envelopes.encode(longest.toBuilder().ttl(ttl).build()))
                        .ttl())
                .contains(ttl);
    }

    @ParameterizedTest
    @CsvSource({"300,PT5M", "0.5,PT0.5S", "1e-12,PT0S", "9e18,PT2500000000000000H", "300.0,PT5M"})
    void durations_are_seconds(String ttl, Duration expected) {
        Envelope<JsonValue> envelope = envelope(ttl);

        assertThat(envelope.ttl()).contains(expected);
        JsonObject again = (JsonObject) UTC.enveloped(PayloadCodec.json()).toJson(envelope);
        assertThat(again.getOrNull("ttl")).isEqualTo(Json.parse(ttl));
    }

    @Test
    void a_duration_that_is_none_is_refused() {
        assertThatThrownBy(() -> envelope("-1")).hasMessage("ttl: expected seconds, at least 0, found the number -1");
        assertThatThrownBy(() -> envelope("1e300")).hasMessageContaining("ttl: expected seconds");
        assertThatThrownBy(() -> envelope("\"1\"")).hasMessage("ttl: expected a number, found the string \"1\"");
    }

    private static Envelope<JsonValue> envelope(String ttl) {
        return UTC.enveloped(PayloadCodec.json())
                .fromJson(Json.parse("{\"message_id\":\"m\",\"timestamp\":1.0,\"source\":\"s\",\"payload\":{},\"ttl\":"
                        + ttl + "}"));
    }
}
