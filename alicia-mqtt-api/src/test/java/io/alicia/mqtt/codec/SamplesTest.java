package io.alicia.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.codec.Samples.Sample;
import io.alicia.mqtt.payload.Announcement;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.Capability;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.Destination;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonPayload;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.LightColor;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.payload.PlaybackState;
import io.alicia.mqtt.payload.PowerState;
import io.alicia.mqtt.payload.Priority;
import io.alicia.mqtt.payload.Routing;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.alicia.mqtt.payload.SttResponse;
import io.alicia.mqtt.payload.Transcription;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.NoLevels;
import io.alicia.mqtt.topic.SensorMeasurement;
import io.alicia.mqtt.topic.TargetOfKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Each sample of the contract is read field by field as its type, and written back as the same JSON. */
class SamplesTest {

    private final AliciaMessages messages = new AliciaMessages(AliciaCodecs.inUtc());

    /** Reads a sample by its row of the table, and checks that row, flags and the way back. */
    private static <T, P> P read(String name, AliciaMessage<T, P> message, T levels) {
        Sample sample = Samples.read(name);
        assertThat(message.topic().template().match(sample.topic())).contains(levels);

        P payload = message.codec().decode(sample.bytes());
        byte[] encoded = message.codec().encode(payload);
        assertThat(new String(encoded, StandardCharsets.UTF_8))
                .isEqualTo(new String(sample.bytes(), StandardCharsets.UTF_8));
        if (sample.payload() instanceof JsonObject expected) {
            JsonObject actual = (JsonObject) Json.parse(encoded);
            assertThat(actual).isEqualTo(expected);
            expected.members()
                    .forEach((field, value) ->
                            assertThat(actual.getOrNull(field)).as(field).isEqualTo(value));
        }
        assertThat(message.codec().decode(encoded)).isEqualTo(payload);
        return payload;
    }

    private static void assertNothingElse(JsonPayload payload) {
        assertThat(payload.additional()).isEmpty();
    }

    @Test
    void sensor_reading_combined() {
        SensorReading reading =
                read("sensor-reading-combined", messages.sensorReading(), DeviceId.of("living_room_sensor"));

        assertThat(reading.deviceId()).isEqualTo(DeviceId.of("living_room_sensor"));
        assertThat(reading.deviceType()).contains("temperature_sensor");
        assertThat(reading.temperatureCelsius()).hasValue(25);
        assertThat(reading.humidityPercent()).hasValue(34);
        assertThat(reading.batteryPercent()).hasValue(95);
        assertThat(reading.timestamp()).contains(Instant.parse("2025-09-08T12:30:00Z"));
        assertThat(reading.location()).contains("living_room");
        assertNothingElse(reading);
        assertThat(messages.sensorReading().topic().retained()).isTrue();
    }

    @Test
    void sensor_scalar_temperature() {
        Measurement measurement = read(
                "sensor-scalar-temperature",
                messages.sensorMeasurement(),
                new SensorMeasurement(DeviceId.of("esp32_living_room"), "temperature"));

        assertThat(measurement.text()).isEqualTo("23.5");
        assertThat(measurement.number()).hasValue(23.5);
    }

    @Test
    void sensor_availability() {
        Availability availability =
                read("sensor-availability", messages.sensorAvailability(), DeviceId.of("esp32_living_room"));

        assertThat(availability).isEqualTo(Availability.ONLINE);
    }

    @Test
    void bulb_status() {
        BulbStatus status = (BulbStatus) read("bulb-status", messages.deviceStatus(), DeviceId.of("tplink_bulb_001"))
                .payload();

        assertThat(status.deviceId()).isEqualTo(DeviceId.of("tplink_bulb_001"));
        assertThat(status.deviceType()).contains("smart_bulb");
        assertThat(status.state()).contains(PowerState.ON);
        assertThat(status.brightnessPercent()).hasValue(75);
        assertThat(status.color()).contains(LightColor.WARM_WHITE);
        assertThat(status.powerConsumptionWatts()).hasValue(12.5);
        assertThat(status.timestamp()).contains(Instant.parse("2025-09-08T12:31:00Z"));
        assertNothingElse(status);
    }

    @Test
    void speaker_status_simulated() {
        SpeakerStatus status = (SpeakerStatus)
                read("speaker-status-simulated", messages.deviceStatus(), DeviceId.of("sonos_living_room"))
                        .payload();

        assertThat(status.deviceId()).isEqualTo(DeviceId.of("sonos_living_room"));
        assertThat(status.deviceType()).contains("sonos_speaker");
        assertThat(status.playbackState()).contains(PlaybackState.PLAYING);
        assertThat(status.volumePercent()).hasValue(28);
        assertThat(status.currentTrack()).contains("Jazz Classics");
        assertThat(status.groupMembers()).containsExactly("living_room_sonos", "kitchen_sonos");
        assertThat(status.wifiSignalStrengthPercent()).hasValue(82);
        assertThat(status.timestamp()).contains(Instant.parse("2025-09-08T12:32:00Z"));
        assertThat(status.artist()).isEmpty();
        assertThat(status.mute()).isEmpty();
        assertThat(status.availability()).isEmpty();
        assertNothingElse(status);
    }

    @Test
    void speaker_status_in_two_envelopes() {
        Envelope<?> envelope = read(
                        "speaker-status-bus-double-envelope", messages.deviceStatus(), DeviceId.of("sonos_kitchen"))
                .envelope()
                .orElseThrow();

        assertThat(envelope.messageId()).isEqualTo("6d1f9bb1-3c43-4f6e-9a58-0c7ab1f2a1de");
        assertThat(envelope.timestamp()).isEqualTo(Instant.parse("2025-09-12T14:00:00.123Z"));
        assertThat(envelope.source()).isEqualTo("sonos_service");
        assertThat(envelope.destination()).contains(Destination.BROADCAST);
        assertThat(envelope.messageType()).contains(MessageType.EVENT);
        assertThat(envelope.priority()).contains(Priority.NORMAL);
        assertThat(envelope.ttl()).contains(Duration.ofMinutes(5));
        assertThat(envelope.routing()).contains(Routing.START);
        assertNothingElse(envelope);

        SpeakerStatus status = (SpeakerStatus) envelope.payload();
        assertThat(status.deviceId()).isEqualTo(DeviceId.of("sonos_kitchen"));
        assertThat(status.deviceType()).isEmpty();
        assertThat(status.volumePercent()).hasValue(30);
        assertThat(status.mute()).contains(false);
        assertThat(status.playbackState()).contains(PlaybackState.PLAYING);
        assertThat(status.timestamp()).contains(Instant.parse("2025-09-12T14:00:00.120Z"));
        assertThat(status.availability()).contains(Availability.ONLINE);
        assertThat(status.groupMembers()).isEmpty();
        assertNothingElse(status);
    }

    @Test
    void command_short() {
        MaybeEnveloped<Command> command = read("command-short", messages.command(), "tplink_bulb_001");

        assertThat(command.envelope()).isEmpty();
        assertThat(command.payload().name()).isEqualTo("turn_on");
        assertThat(command.payload().brightness()).contains(Brightness.FULL);
        assertThat(command.payload()).isEqualTo(Command.turnOn(Brightness.FULL));
        assertNothingElse(command.payload());
    }

    @Test
    void command_bus() {
        Envelope<Command> envelope = read("command-bus", messages.deviceCommand(), DeviceId.of("sonos_kitchen"))
                .envelope()
                .orElseThrow();

        assertThat(envelope.messageId()).isEqualTo("0f0c2f0e-7d0e-4d0e-8a40-d1fd5e3c9b11");
        assertThat(envelope.timestamp()).isEqualTo(Instant.parse("2025-09-12T14:00:01.500Z"));
        assertThat(envelope.source()).isEqualTo("device_manager");
        assertThat(envelope.destination()).contains(Destination.BROADCAST);
        assertThat(envelope.messageType()).contains(MessageType.EVENT);
        assertThat(envelope.priority()).contains(Priority.NORMAL);
        assertThat(envelope.ttlOrDefault()).hasSeconds(300);
        assertThat(envelope.routing()).contains(Routing.START);
        assertNothingElse(envelope);
        assertThat(envelope.payload()).isEqualTo(Command.setVolume(30));
    }

    @Test
    void command_of_the_older_sonos_topics() {
        Command command = read("command-sonos-volume", messages.commandOfKind(), new TargetOfKind("sonos", "volume"))
                .payload();

        assertThat(command.name()).isEqualTo("set_volume");
        assertThat(command.volumePercent()).hasValue(30);
        assertThat(command.speaker()).contains("kitchen");
        assertNothingElse(command);
    }

    @Test
    void announcement() {
        Announcement announcement =
                read("announcement", messages.ttsAnnounce(), NoLevels.NONE).payload();

        assertThat(announcement.speaker()).contains("kitchen");
        assertThat(announcement.message()).contains("Dinner is ready");
        assertThat(announcement.language()).contains("en");
        assertThat(announcement.volumePercent()).hasValue(35);
        assertThat(announcement.audioUrl()).isEmpty();
        assertNothingElse(announcement);
    }

    @Test
    void service_register() {
        Envelope<ServiceRegistration> envelope = read("service-register", messages.serviceRegistration(), NoLevels.NONE)
                .envelope()
                .orElseThrow();

        assertThat(envelope.messageId()).isEqualTo("3b7d1f64-2a44-4e6b-8f5e-5a0a6d7c8e90");
        assertThat(envelope.timestamp()).isEqualTo(Instant.parse("2025-09-12T13:59:50Z"));
        assertThat(envelope.source()).isEqualTo("tts_service");
        assertNothingElse(envelope);

        ServiceRegistration registration = envelope.payload();
        assertThat(registration.serviceName()).isEqualTo("tts_service");
        assertThat(registration.status()).contains(Availability.ONLINE);
        assertThat(registration.timestamp()).contains(Instant.parse("2025-09-12T13:59:49.900Z"));
        assertThat(registration.capabilities()).containsExactly(Capability.of("text_to_speech"));
        assertThat(registration.version()).contains("1.0.0");
        assertNothingElse(registration);
    }

    @Test
    void voice_stt_response() {
        Envelope<SttResponse> envelope = read("voice-stt-response", messages.sttResponse(), NoLevels.NONE);

        assertThat(envelope.messageId()).isEqualTo("stt_response_9f8e7d6c");
        assertThat(envelope.timestamp()).isEqualTo(Instant.parse("2025-09-12T14:00:02.250Z"));
        assertThat(envelope.source()).isEqualTo("stt_service");
        assertThat(envelope.destination()).contains(Destination.service("voice_router"));
        assertThat(envelope.messageType()).contains(MessageType.RESPONSE);
        assertThat(envelope.priority()).isEmpty();
        assertThat(envelope.ttl()).isEmpty();
        assertThat(envelope.routing()).isEmpty();
        assertNothingElse(envelope);

        SttResponse response = envelope.payload();
        assertThat(response.sessionId()).isEqualTo("session_1a2b3c4d");
        Transcription transcription = response.transcription();
        assertThat(transcription.success()).isTrue();
        assertThat(transcription.text()).contains("turn on the kitchen light");
        assertThat(transcription.language()).contains("en");
        assertThat(transcription.confidence()).hasValue(0.93);
        assertThat(transcription.engine()).contains("whisper");
        assertThat(transcription.error()).isEmpty();
        assertNothingElse(transcription);
        assertThat(response.originalRequest())
                .contains(JsonObject.builder()
                        .put("session_id", "session_1a2b3c4d")
                        .put("language", "en-US")
                        .build());
        assertNothingElse(response);
    }

    @Test
    void each_sample_is_retained_as_the_table_says() {
        assertRetained("sensor-reading-combined", messages.sensorReading());
        assertRetained("sensor-scalar-temperature", messages.sensorMeasurement());
        assertRetained("sensor-availability", messages.sensorAvailability());
        assertRetained("bulb-status", messages.deviceStatus());
        assertRetained("speaker-status-simulated", messages.deviceStatus());
        assertRetained("command-bus", messages.deviceCommand());
        assertRetained("command-short", messages.command());
        assertRetained("command-sonos-volume", messages.commandOfKind());
        assertRetained("announcement", messages.ttsAnnounce());
        assertRetained("service-register", messages.serviceRegistration());
        assertRetained("voice-stt-response", messages.sttResponse());
    }

    private static void assertRetained(String name, AliciaMessage<?, ?> message) {
        assertThat(message.topic().retained())
                .as(name)
                .isEqualTo(Samples.read(name).retain());
    }

    /** Unknown fields at every depth of every sample come back, too. */
    @Test
    void unknown_fields_are_kept_at_every_depth() {
        for (String name : Samples.NAMES) {
            if (Samples.read(name).payload() instanceof JsonObject object) {
                JsonObject more = withUnknown(object);
                JsonCodec<?> codec = codecOf(name);
                assertThat(again(codec, more)).as(name).isEqualTo(more);
            }
        }
    }

    private static <P> JsonValue again(JsonCodec<P> codec, JsonValue json) {
        return codec.toJson(codec.fromJson(json));
    }

    private static JsonObject withUnknown(JsonObject object) {
        JsonObject.Builder more = JsonObject.builder();
        object.members()
                .forEach((name, value) ->
                        more.put(name, value instanceof JsonObject inner ? withUnknown(inner) : value));
        return more.put("unknown", new JsonString("°"))
                .put("nested", JsonObject.builder().put("a", 1).build())
                .build();
    }

    private JsonCodec<?> codecOf(String name) {
        PayloadCodec<?> codec = switch (name) {
            case "sensor-reading-combined" -> messages.sensorReading().codec();
            case "bulb-status", "speaker-status-simulated", "speaker-status-bus-double-envelope" ->
                messages.deviceStatus().codec();
            case "command-bus" -> messages.deviceCommand().codec();
            case "command-short" -> messages.command().codec();
            case "command-sonos-volume" -> messages.commandOfKind().codec();
            case "announcement" -> messages.ttsAnnounce().codec();
            case "service-register" -> messages.serviceRegistration().codec();
            case "voice-stt-response" -> messages.sttResponse().codec();
            default -> throw new AssertionError(name);
        };
        return (JsonCodec<?>) codec;
    }
}
