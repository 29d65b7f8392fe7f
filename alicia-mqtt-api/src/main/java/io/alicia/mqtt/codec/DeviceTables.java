package io.alicia.mqtt.codec;

import static io.alicia.mqtt.codec.Shapes.DECIMAL_PERCENT;
import static io.alicia.mqtt.codec.Shapes.DEVICE_ID;
import static io.alicia.mqtt.codec.Shapes.FLAG;
import static io.alicia.mqtt.codec.Shapes.PERCENT;
import static io.alicia.mqtt.codec.Shapes.TEXT;

import io.alicia.mqtt.codec.Field.Spelling;
import io.alicia.mqtt.payload.Announcement;
import io.alicia.mqtt.payload.AnnouncementOutcome;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.LightColor;
import io.alicia.mqtt.payload.OtherDeviceStatus;
import io.alicia.mqtt.payload.PlaybackState;
import io.alicia.mqtt.payload.PowerState;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.payload.SpeakerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of what devices send, and of what they are told beside commands. */
final class DeviceTables {

    private static final Shape<Double> CELSIUS =
            Shapes.decimal(SensorReading.ABSOLUTE_ZERO_CELSIUS, Double.MAX_VALUE, "°C");
    private static final Shape<Double> WATTS = Shapes.decimal(0, Double.MAX_VALUE, "W");
    private static final Shape<LightColor> COLOR = Shapes.text(LightColor::new, LightColor::name);

    private static final List<Spelling<PlaybackState>> PLAYBACK = List.of(
            new Spelling<>("playback_state", Shapes.words(PlaybackState.class)),
            new Spelling<>(
                    "transport_state",
                    Shapes.words(
                            Map.of(
                                    PlaybackState.PLAYING, "PLAYING",
                                    PlaybackState.PAUSED, "PAUSED_PLAYBACK",
                                    PlaybackState.STOPPED, "STOPPED",
                                    PlaybackState.TRANSITIONING, "TRANSITIONING"),
                            Map.of())));

    private static final List<Spelling<Boolean>> SUCCESS = List.of(
            new Spelling<>("success", FLAG),
            new Spelling<>(
                    "status",
                    Shapes.words(
                            Map.of(true, "completed", false, "failed"),
                            Map.of("success", true, "ok", true, "error", false))));

    final ObjectShape<SensorReading, SensorReading.Builder> sensorReading;
    final ObjectShape<BulbStatus, BulbStatus.Builder> bulbStatus;
    final ObjectShape<SpeakerStatus, SpeakerStatus.Builder> speakerStatus;
    final ObjectShape<OtherDeviceStatus, OtherDeviceStatus.Builder> otherDeviceStatus;
    final ObjectShape<CommandResult, CommandResult.Builder> commandResult;
    final ObjectShape<Announcement, Announcement.Builder> announcement;
    final ObjectShape<AnnouncementOutcome, AnnouncementOutcome.Builder> announcementOutcome;

    DeviceTables(TimeShapes times) {
        sensorReading = sensorReading(times.iso);
        bulbStatus = bulbStatus(times.iso);
        speakerStatus = speakerStatus(times.iso);
        otherDeviceStatus = otherDeviceStatus(times.iso);
        commandResult = commandResult(times.iso);
        announcement = announcement();
        announcementOutcome = announcementOutcome(times.iso);
    }

    private static ObjectShape<SensorReading, SensorReading.Builder> sensorReading(Shape<Instant> time) {
        return Fields.<SensorReading, SensorReading.Builder>of(SensorReading::builder)
                .required("device_id", DEVICE_ID, SensorReading::deviceId, SensorReading.Builder::deviceId)
                .optional("device_type", TEXT, SensorReading::deviceType, SensorReading.Builder::deviceType)
                .optional("timestamp", time, SensorReading::timestamp, SensorReading.Builder::timestamp)
                .optionalDouble(
                        "temperature_celsius",
                        CELSIUS,
                        SensorReading::temperatureCelsius,
                        SensorReading.Builder::temperatureCelsius)
                .optionalDouble(
                        "humidity_percent",
                        DECIMAL_PERCENT,
                        SensorReading::humidityPercent,
                        SensorReading.Builder::humidityPercent)
                .optionalDouble(
                        "battery_level",
                        DECIMAL_PERCENT,
                        SensorReading::batteryPercent,
                        SensorReading.Builder::batteryPercent)
                .optional("location", TEXT, SensorReading::location, SensorReading.Builder::location)
                .build(
                        SensorReading.Builder::build,
                        SensorReading.Builder::additional,
                        SensorReading.Builder::wireForm);
    }

    private static ObjectShape<BulbStatus, BulbStatus.Builder> bulbStatus(Shape<Instant> time) {
        return Fields.<BulbStatus, BulbStatus.Builder>of(
                        () -> BulbStatus.builder().deviceType(Optional.empty()))
                .required("device_id", DEVICE_ID, BulbStatus::deviceId, BulbStatus.Builder::deviceId)
                .optional("device_type", TEXT, BulbStatus::deviceType, BulbStatus.Builder::deviceType)
                .optional("state", Shapes.words(PowerState.class), BulbStatus::state, BulbStatus.Builder::state)
                .optionalInt(
                        "brightness", PERCENT, BulbStatus::brightnessPercent, BulbStatus.Builder::brightnessPercent)
                .optional("color", COLOR, BulbStatus::color, BulbStatus.Builder::color)
                .optionalDouble(
                        "power_consumption_watts",
                        WATTS,
                        BulbStatus::powerConsumptionWatts,
                        BulbStatus.Builder::powerConsumptionWatts)
                .optional("timestamp", time, BulbStatus::timestamp, BulbStatus.Builder::timestamp)
                .build(BulbStatus.Builder::build, BulbStatus.Builder::additional, BulbStatus.Builder::wireForm);
    }

    private static ObjectShape<SpeakerStatus, SpeakerStatus.Builder> speakerStatus(Shape<Instant> time) {
        return Fields.<SpeakerStatus, SpeakerStatus.Builder>of(
                        () -> SpeakerStatus.builder().deviceType(Optional.empty()))
                .required(
                        List.of(new Spelling<>("device_id", DEVICE_ID), new Spelling<>("speaker_id", DEVICE_ID)),
                        SpeakerStatus::deviceId,
                        SpeakerStatus.Builder::deviceId)
                .optional("device_type", TEXT, SpeakerStatus::deviceType, SpeakerStatus.Builder::deviceType)
                .optional(PLAYBACK, SpeakerStatus::playbackState, SpeakerStatus.Builder::playbackState)
                .optionalInt(
                        List.of(new Spelling<>("volume_percent", PERCENT), new Spelling<>("volume", PERCENT)),
                        SpeakerStatus::volumePercent,
                        SpeakerStatus.Builder::volumePercent)
                .optional("mute", FLAG, SpeakerStatus::mute, SpeakerStatus.Builder::mute)
                .optional("current_track", TEXT, SpeakerStatus::currentTrack, SpeakerStatus.Builder::currentTrack)
                .optional("artist", TEXT, SpeakerStatus::artist, SpeakerStatus.Builder::artist)
                .list("group_members", TEXT, SpeakerStatus::groupMembers, SpeakerStatus.Builder::groupMembers)
                .optionalInt(
                        "wifi_signal_strength",
                        PERCENT,
                        SpeakerStatus::wifiSignalStrengthPercent,
                        SpeakerStatus.Builder::wifiSignalStrengthPercent)
                .optional(
                        "status",
                        Shapes.words(Availability.class),
                        SpeakerStatus::availability,
                        SpeakerStatus.Builder::availability)
                .optional(
                        List.of(new Spelling<>("timestamp", time), new Spelling<>("last_seen", time)),
                        SpeakerStatus::timestamp,
                        SpeakerStatus.Builder::timestamp)
                .build(
                        SpeakerStatus.Builder::build,
                        SpeakerStatus.Builder::additional,
                        SpeakerStatus.Builder::wireForm);
    }

    private static ObjectShape<OtherDeviceStatus, OtherDeviceStatus.Builder> otherDeviceStatus(Shape<Instant> time) {
        return Fields.<OtherDeviceStatus, OtherDeviceStatus.Builder>of(OtherDeviceStatus::builder)
                .required("device_id", DEVICE_ID, OtherDeviceStatus::deviceId, OtherDeviceStatus.Builder::deviceId)
                .optional("device_type", TEXT, OtherDeviceStatus::deviceType, OtherDeviceStatus.Builder::deviceType)
                .optional("timestamp", time, OtherDeviceStatus::timestamp, OtherDeviceStatus.Builder::timestamp)
                .build(
                        OtherDeviceStatus.Builder::build,
                        OtherDeviceStatus.Builder::additional,
                        OtherDeviceStatus.Builder::wireForm);
    }

    private static ObjectShape<CommandResult, CommandResult.Builder> commandResult(Shape<Instant> time) {
        return Fields.<CommandResult, CommandResult.Builder>of(CommandResult::builder)
                .required(SUCCESS, CommandResult::success, CommandResult.Builder::success)
                .optional("command", TEXT, CommandResult::command, CommandResult.Builder::command)
                .optional("device_id", DEVICE_ID, CommandResult::deviceId, CommandResult.Builder::deviceId)
                .optional("request_id", TEXT, CommandResult::requestId, CommandResult.Builder::requestId)
                .optional("message", TEXT, CommandResult::message, CommandResult.Builder::message)
                .optional("error", TEXT, CommandResult::error, CommandResult.Builder::error)
                .optional("timestamp", time, CommandResult::timestamp, CommandResult.Builder::timestamp)
                .build(
                        CommandResult.Builder::build,
                        CommandResult.Builder::additional,
                        CommandResult.Builder::wireForm);
    }

    private static ObjectShape<Announcement, Announcement.Builder> announcement() {
        return Fields.<Announcement, Announcement.Builder>of(Announcement::builder)
                .optional("speaker", TEXT, Announcement::speaker, Announcement.Builder::speaker)
                .optional("message", TEXT, Announcement::message, Announcement.Builder::message)
                .optional("language", TEXT, Announcement::language, Announcement.Builder::language)
                .optionalInt("volume", PERCENT, Announcement::volumePercent, Announcement.Builder::volumePercent)
                .optional("audio_url", TEXT, Announcement::audioUrl, Announcement.Builder::audioUrl)
                .build(Announcement.Builder::build, Announcement.Builder::additional, Announcement.Builder::wireForm);
    }

    private static ObjectShape<AnnouncementOutcome, AnnouncementOutcome.Builder> announcementOutcome(
            Shape<Instant> time) {
        return Fields.<AnnouncementOutcome, AnnouncementOutcome.Builder>of(AnnouncementOutcome::builder)
                .required(
                        "status",
                        Shapes.words(AnnouncementOutcome.Status.class),
                        AnnouncementOutcome::status,
                        AnnouncementOutcome.Builder::status)
                .optional("speaker", TEXT, AnnouncementOutcome::speaker, AnnouncementOutcome.Builder::speaker)
                .optional("message", TEXT, AnnouncementOutcome::message, AnnouncementOutcome.Builder::message)
                .optional("error", TEXT, AnnouncementOutcome::error, AnnouncementOutcome.Builder::error)
                .optional("timestamp", time, AnnouncementOutcome::timestamp, AnnouncementOutcome.Builder::timestamp)
                .build(
                        AnnouncementOutcome.Builder::build,
                        AnnouncementOutcome.Builder::additional,
                        AnnouncementOutcome.Builder::wireForm);
    }
}
