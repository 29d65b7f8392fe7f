package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.AiRequest;
import io.alicia.mqtt.payload.AiResponse;
import io.alicia.mqtt.payload.Announcement;
import io.alicia.mqtt.payload.AnnouncementOutcome;
import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.HealthReport;
import io.alicia.mqtt.payload.HealthRequest;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.payload.ServiceUnregistration;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.alicia.mqtt.payload.SpokenAnswer;
import io.alicia.mqtt.payload.SpokenCommand;
import io.alicia.mqtt.payload.SttRequest;
import io.alicia.mqtt.payload.SttResponse;
import io.alicia.mqtt.payload.TtsRequest;
import io.alicia.mqtt.payload.TtsResponse;
import io.alicia.mqtt.payload.VoiceError;
import io.alicia.mqtt.payload.VoiceRoute;
import io.alicia.mqtt.payload.VoiceSession;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The codecs of the house's payloads. {@link AliciaMessages} knows which of them belongs to which topic.
 *
 * <p>Reading is lenient where the house is various: times come as ISO-8601 without zone (then the house's zone holds;
 * where its clocks are turned back the earlier of two times, where they are turned forward the time after the gap), as
 * ISO-8601 with zone, and as Unix seconds; fields have second names; unknown fields are kept; {@code null} is the same
 * as absent. Writing is strict: as the contract says, or as the payload came.
 *
 * <pre>{@code
 * AliciaCodecs codecs = AliciaCodecs.in(ZoneId.of("Europe/Berlin"));
 * SensorReading reading = codecs.sensorReading().decode(payload);
 * byte[] command = codecs.enveloped(codecs.busCommand()).encode(
 *         Envelope.of(id, now, "automation", MessageType.COMMAND, Command.setVolume(30)));
 * }</pre>
 *
 * <p>Safe to share between threads.
 */
public final class AliciaCodecs {

    private static final JsonCodec<Command> COMMAND = new CommandCodec(CommandCodec.Form.SHORT);
    private static final JsonCodec<Command> BUS_COMMAND = new CommandCodec(CommandCodec.Form.BUS);
    private static final JsonCodec<Command> SONOS_COMMAND = new CommandCodec(CommandCodec.Form.OLDER_SONOS);
    private static final PayloadCodec<Measurement> MEASUREMENT =
            PayloadCodec.text().as(AliciaCodecs::measured, AliciaCodecs::textOf);

    private final TimeShapes times;
    private final DeviceTables devices;
    private final ServiceTables services;
    private final JsonCodec<DeviceStatus> deviceStatus;
    private final JsonCodec<VoiceSession> voiceSession;

    private AliciaCodecs(ZoneId house) {
        times = new TimeShapes(house);
        devices = new DeviceTables(times);
        services = new ServiceTables(times);
        deviceStatus = new DeviceStatusCodec(devices);
        voiceSession = VoiceTables.session(times.unix);
    }

    /** {@return the codecs of a house whose times without zone are in UTC} */
    public static AliciaCodecs inUtc() {
        return in(ZoneOffset.UTC);
    }

    /**
     * {@return the codecs of a house}
     *
     * @param house the zone of times that tell none
     */
    public static AliciaCodecs in(ZoneId house) {
        return new AliciaCodecs(house);
    }

    /** What an empty retained payload says is that there is nothing any more (MQTT 5 §3.3.1.3). */
    private static Measurement measured(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty text is no measurement");
        }
        return new Measurement(text);
    }

    private static String textOf(Measurement measurement) {
        return measured(measurement.text()).text();
    }

    /** {@return readings of sensors} */
    public JsonCodec<SensorReading> sensorReading() {
        return devices.sensorReading;
    }

    /**
     * {@return one measurement as text, any but the empty one} Encoding that one is refused: to servers it says that they are
     * to keep nothing any more.
     */
    public PayloadCodec<Measurement> measurement() {
        return MEASUREMENT;
    }

    /** {@return {@code online} or {@code offline} as text} */
    public PayloadCodec<Availability> availability() {
        return AvailabilityCodec.INSTANCE;
    }

    /** {@return the status of any device, read as the type that its {@code device_type} or fields tell} */
    public JsonCodec<DeviceStatus> deviceStatus() {
        return deviceStatus;
    }

    /** {@return the status of a bulb} */
    public JsonCodec<BulbStatus> bulbStatus() {
        return devices.bulbStatus;
    }

    /** {@return the status of a speaker} */
    public JsonCodec<SpeakerStatus> speakerStatus() {
        return devices.speakerStatus;
    }

    /** {@return commands in any form; those made by hand are written in the short one} */
    public JsonCodec<Command> command() {
        return COMMAND;
    }

    /** {@return commands in any form; those made by hand are written in the bus form, as it stands in envelopes} */
    public JsonCodec<Command> busCommand() {
        return BUS_COMMAND;
    }

    /**
     * {@return commands in any form; those made by hand are written as for {@code alicia/commands/sonos/volume}, {@code
     * …/playback} and {@code …/group}} Encoding one without a speaker is refused.
     */
    public JsonCodec<Command> olderSonosCommand() {
        return SONOS_COMMAND;
    }

    /** {@return what became of a command} */
    public JsonCodec<CommandResult> commandResult() {
        return devices.commandResult;
    }

    /** {@return announcements} */
    public JsonCodec<Announcement> announcement() {
        return devices.announcement;
    }

    /** {@return what became of an announcement} */
    public JsonCodec<AnnouncementOutcome> announcementOutcome() {
        return devices.announcementOutcome;
    }

    /** {@return requests to speech recognition} */
    public JsonCodec<SttRequest> sttRequest() {
        return VoiceTables.STT_REQUEST;
    }

    /** {@return answers of speech recognition} */
    public JsonCodec<SttResponse> sttResponse() {
        return VoiceTables.STT_RESPONSE;
    }

    /** {@return requests to the assistant} */
    public JsonCodec<AiRequest> aiRequest() {
        return VoiceTables.AI_REQUEST;
    }

    /** {@return answers of the assistant} */
    public JsonCodec<AiResponse> aiResponse() {
        return VoiceTables.AI_RESPONSE;
    }

    /** {@return requests to speech synthesis} */
    public JsonCodec<TtsRequest> ttsRequest() {
        return VoiceTables.TTS_REQUEST;
    }

    /** {@return answers of speech synthesis} */
    public JsonCodec<TtsResponse> ttsResponse() {
        return VoiceTables.TTS_RESPONSE;
    }

    /** {@return errors of a stage of the voice pipeline, or of the whole} */
    public JsonCodec<VoiceError> voiceError() {
        return VoiceTables.ERROR;
    }

    /** {@return where the voice router sends a command} */
    public JsonCodec<VoiceRoute> voiceRoute() {
        return VoiceTables.ROUTE;
    }

    /** {@return voice sessions that start or end} */
    public JsonCodec<VoiceSession> voiceSession() {
        return voiceSession;
    }

    /** {@return spoken commands as they were understood} */
    public JsonCodec<SpokenCommand> spokenCommand() {
        return VoiceTables.SPOKEN_COMMAND;
    }

    /** {@return answers to speak} */
    public JsonCodec<SpokenAnswer> spokenAnswer() {
        return VoiceTables.SPOKEN_ANSWER;
    }

    /** {@return services that come} */
    public JsonCodec<ServiceRegistration> serviceRegistration() {
        return services.registration;
    }

    /** {@return services that go} */
    public JsonCodec<ServiceUnregistration> serviceUnregistration() {
        return services.unregistration;
    }

    /** {@return how services fare} */
    public JsonCodec<HealthReport> healthReport() {
        return services.healthReport;
    }

    /** {@return requests for health reports} */
    public JsonCodec<HealthRequest> healthRequest() {
        return services.healthRequest;
    }

    /**
     * {@return a payload in an envelope; a bare one is refused}
     *
     * @param <T> the payload
     * @param payload the codec of what the envelope holds
     */
    public <T> JsonCodec<Envelope<T>> enveloped(JsonCodec<T> payload) {
        return EnvelopeCodec.of(payload, times);
    }

    /**
     * {@return a payload in an envelope or bare}
     *
     * @param <T> the payload
     * @param payload the codec of the payload
     */
    public <T> JsonCodec<MaybeEnveloped<T>> maybeEnveloped(JsonCodec<T> payload) {
        return new MaybeEnvelopedCodec<>(payload, enveloped(payload));
    }

    /**
     * {@return a payload out of whatever envelopes it comes in, without what they say; written bare}
     *
     * @param <T> the payload
     * @param payload the codec of the payload
     */
    public <T> JsonCodec<T> unwrapping(JsonCodec<T> payload) {
        return new UnwrappingCodec<>(payload);
    }
}
