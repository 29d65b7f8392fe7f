package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.AiRequest;
import io.alicia.mqtt.payload.AiResponse;
import io.alicia.mqtt.payload.Announcement;
import io.alicia.mqtt.payload.AnnouncementOutcome;
import io.alicia.mqtt.payload.Availability;
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
import io.alicia.mqtt.payload.SpokenAnswer;
import io.alicia.mqtt.payload.SpokenCommand;
import io.alicia.mqtt.payload.SttRequest;
import io.alicia.mqtt.payload.SttResponse;
import io.alicia.mqtt.payload.TtsRequest;
import io.alicia.mqtt.payload.TtsResponse;
import io.alicia.mqtt.payload.VoiceError;
import io.alicia.mqtt.payload.VoiceRoute;
import io.alicia.mqtt.payload.VoiceSession;
import io.alicia.mqtt.topic.AliciaTopics;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.DeviceOfKind;
import io.alicia.mqtt.topic.NoLevels;
import io.alicia.mqtt.topic.SensorMeasurement;
import io.alicia.mqtt.topic.ServicePresence;
import io.alicia.mqtt.topic.TargetOfKind;
import io.alicia.mqtt.topic.VoiceExchange;
import io.alicia.mqtt.topic.VoiceSessionEvent;
import io.alicia.mqtt.topic.VoiceStage;
import java.util.List;

/**
 * What travels on which topic of the house: each row of {@link AliciaTopics} with the codec of its payload. The rows of
 * Home Assistant's discovery are in {@code io.alicia.mqtt.homeassistant}.
 *
 * <p>Where devices send bare what services wrap, the payload is {@link MaybeEnveloped}. Safe to share between threads.
 */
public final class AliciaMessages {

    private final AliciaMessage<DeviceId, SensorReading> sensorReading;
    private final AliciaMessage<SensorMeasurement, Measurement> sensorMeasurement;
    private final AliciaMessage<DeviceId, Availability> sensorAvailability;
    private final AliciaMessage<DeviceId, MaybeEnveloped<DeviceStatus>> deviceStatus;
    private final AliciaMessage<DeviceId, Availability> deviceAvailability;
    private final AliciaMessage<DeviceId, MaybeEnveloped<Command>> deviceCommand;
    private final AliciaMessage<DeviceId, MaybeEnveloped<Command>> deviceControl;
    private final AliciaMessage<DeviceId, MaybeEnveloped<CommandResult>> deviceResponse;
    private final AliciaMessage<DeviceOfKind, MaybeEnveloped<DeviceStatus>> deviceOfKindStatus;
    private final AliciaMessage<DeviceOfKind, MaybeEnveloped<Command>> deviceOfKindCommand;
    private final AliciaMessage<NoLevels, MaybeEnveloped<Announcement>> speakersAnnounce;
    private final AliciaMessage<String, MaybeEnveloped<Command>> command;
    private final AliciaMessage<TargetOfKind, MaybeEnveloped<Command>> commandOfKind;
    private final AliciaMessage<String, MaybeEnveloped<CommandResult>> commandResponse;
    private final AliciaMessage<NoLevels, MaybeEnveloped<SpokenCommand>> voiceCommand;
    private final AliciaMessage<NoLevels, MaybeEnveloped<SpokenAnswer>> voiceResponse;
    private final AliciaMessage<NoLevels, Envelope<SttRequest>> sttRequest;
    private final AliciaMessage<NoLevels, Envelope<SttResponse>> sttResponse;
    private final AliciaMessage<NoLevels, Envelope<VoiceError>> sttError;
    private final AliciaMessage<NoLevels, Envelope<AiRequest>> aiRequest;
    private final AliciaMessage<NoLevels, Envelope<AiResponse>> aiResponse;
    private final AliciaMessage<NoLevels, Envelope<VoiceError>> aiError;
    private final AliciaMessage<NoLevels, Envelope<TtsRequest>> ttsRequest;
    private final AliciaMessage<NoLevels, Envelope<TtsResponse>> ttsResponse;
    private final AliciaMessage<NoLevels, Envelope<VoiceError>> ttsError;
    private final AliciaMessage<NoLevels, Envelope<VoiceRoute>> voiceCommandRoute;
    private final AliciaMessage<VoiceSessionEvent, Envelope<VoiceSession>> voiceSession;
    private final AliciaMessage<NoLevels, Envelope<VoiceError>> voicePipelineError;
    private final AliciaMessage<NoLevels, byte[]> voiceAudio;
    private final AliciaMessage<NoLevels, MaybeEnveloped<Announcement>> ttsAnnounce;
    private final AliciaMessage<NoLevels, MaybeEnveloped<AnnouncementOutcome>> ttsStatus;
    private final AliciaMessage<NoLevels, MaybeEnveloped<ServiceRegistration>> serviceRegistration;
    private final AliciaMessage<NoLevels, MaybeEnveloped<ServiceUnregistration>> serviceUnregistration;
    private final AliciaMessage<String, MaybeEnveloped<HealthReport>> serviceHealth;
    private final AliciaMessage<NoLevels, MaybeEnveloped<HealthRequest>> serviceHealthCheck;
    private final AliciaMessage<NoLevels, Availability> homeAssistantStatus;

    private final List<AliciaMessage<?, ?>> all;

    /**
     * The messages of a house.
     *
     * @param codecs the codecs of its payloads
     */
    public AliciaMessages(AliciaCodecs codecs) {
        sensorReading = new AliciaMessage<>(AliciaTopics.SENSOR_READING, codecs.unwrapping(codecs.sensorReading()));
        sensorMeasurement = new AliciaMessage<>(AliciaTopics.SENSOR_MEASUREMENT, codecs.measurement());
        sensorAvailability = new AliciaMessage<>(AliciaTopics.SENSOR_AVAILABILITY, codecs.availability());
        deviceStatus = new AliciaMessage<>(AliciaTopics.DEVICE_STATUS, codecs.maybeEnveloped(codecs.deviceStatus()));
        deviceAvailability = new AliciaMessage<>(AliciaTopics.DEVICE_AVAILABILITY, codecs.availability());
        deviceCommand = new AliciaMessage<>(AliciaTopics.DEVICE_COMMAND, codecs.maybeEnveloped(codecs.busCommand()));
        deviceControl = new AliciaMessage<>(AliciaTopics.DEVICE_CONTROL, codecs.maybeEnveloped(codecs.command()));
        deviceResponse =
                new AliciaMessage<>(AliciaTopics.DEVICE_RESPONSE, codecs.maybeEnveloped(codecs.commandResult()));
        deviceOfKindStatus =
                new AliciaMessage<>(AliciaTopics.DEVICE_OF_KIND_STATUS, codecs.maybeEnveloped(codecs.deviceStatus()));
        deviceOfKindCommand =
                new AliciaMessage<>(AliciaTopics.DEVICE_OF_KIND_COMMAND, codecs.maybeEnveloped(codecs.busCommand()));
        speakersAnnounce =
                new AliciaMessage<>(AliciaTopics.SPEAKERS_ANNOUNCE, codecs.maybeEnveloped(codecs.announcement()));
        command = new AliciaMessage<>(AliciaTopics.COMMAND, codecs.maybeEnveloped(codecs.command()));
        commandOfKind = new AliciaMessage<>(AliciaTopics.COMMAND_OF_KIND, codecs.maybeEnveloped(codecs.command()));
        commandResponse =
                new AliciaMessage<>(AliciaTopics.COMMAND_RESPONSE, codecs.maybeEnveloped(codecs.commandResult()));
        voiceCommand = new AliciaMessage<>(AliciaTopics.VOICE_COMMAND, codecs.maybeEnveloped(codecs.spokenCommand()));
        voiceResponse = new AliciaMessage<>(AliciaTopics.VOICE_RESPONSE, codecs.maybeEnveloped(codecs.spokenAnswer()));
        sttRequest = new AliciaMessage<>(
                AliciaTopics.VOICE_STAGE.only(new VoiceExchange(VoiceStage.STT, VoiceExchange.Part.REQUEST)),
                codecs.enveloped(codecs.sttRequest()));
        sttResponse = new AliciaMessage<>(
                AliciaTopics.VOICE_STAGE.only(new VoiceExchange(VoiceStage.STT, VoiceExchange.Part.RESPONSE)),
                codecs.enveloped(codecs.sttResponse()));
        sttError = new AliciaMessage<>(
                AliciaTopics.VOICE_STAGE.only(new VoiceExchange(VoiceStage.STT, VoiceExchange.Part.ERROR)),
                codecs.enveloped(codecs.voiceError()));
        aiRequest = new AliciaMessage<>(
                AliciaTopics.VOICE_STAGE.only(new VoiceExchange(VoiceStage.AI, VoiceExchange.Part.REQUEST)),
                codecs.enveloped(codecs.aiRequest()));
        aiResponse = new AliciaMessage<>(
                AliciaTopics.VOICE_STAGE.only(new VoiceExchange(VoiceStage.AI, VoiceExchange.Part.RESPONSE)),
                codecs.enveloped(codecs.aiResponse()));
        aiError = new AliciaMessage<>(
                AliciaTopics.VOICE_STAGE.only(new VoiceExchange(VoiceStage.AI, VoiceExchange.Part.ERROR)),
                codecs.enveloped(codecs.voiceError()));
        ttsRequest = new AliciaMessage<>(
                AliciaTopics.VOICE_STAGE.only(new VoiceExchange(VoiceStage.TTS, VoiceExchange.Part.REQUEST)),
                codecs.enveloped(codecs.ttsRequest()));
        ttsResponse = new AliciaMessage<>(
                AliciaTopics.VOICE_STAGE.only(new VoiceExchange(VoiceStage.TTS, VoiceExchange.Part.RESPONSE)),
                codecs.enveloped(codecs.ttsResponse()));
        ttsError = new AliciaMessage<>(
                AliciaTopics.VOICE_STAGE.only(new VoiceExchange(VoiceStage.TTS, VoiceExchange.Part.ERROR)),
                codecs.enveloped(codecs.voiceError()));
        voiceCommandRoute =
                new AliciaMessage<>(AliciaTopics.VOICE_COMMAND_ROUTE, codecs.enveloped(codecs.voiceRoute()));
        voiceSession = new AliciaMessage<>(AliciaTopics.VOICE_SESSION, codecs.enveloped(codecs.voiceSession()));
        voicePipelineError =
                new AliciaMessage<>(AliciaTopics.VOICE_PIPELINE_ERROR, codecs.enveloped(codecs.voiceError()));
        voiceAudio = new AliciaMessage<>(AliciaTopics.VOICE_AUDIO, PayloadCodec.bytes());
        ttsAnnounce = new AliciaMessage<>(AliciaTopics.TTS_ANNOUNCE, codecs.maybeEnveloped(codecs.announcement()));
        ttsStatus = new AliciaMessage<>(AliciaTopics.TTS_STATUS, codecs.maybeEnveloped(codecs.announcementOutcome()));
        serviceRegistration = new AliciaMessage<>(
                AliciaTopics.SERVICE_PRESENCE.only(ServicePresence.REGISTER),
                codecs.maybeEnveloped(codecs.serviceRegistration()));
        serviceUnregistration = new AliciaMessage<>(
                AliciaTopics.SERVICE_PRESENCE.only(ServicePresence.UNREGISTER),
                codecs.maybeEnveloped(codecs.serviceUnregistration()));
        serviceHealth = new AliciaMessage<>(AliciaTopics.SERVICE_HEALTH, codecs.maybeEnveloped(codecs.healthReport()));
        serviceHealthCheck = new AliciaMessage<>(
                AliciaTopics.SERVICE_HEALTH_CHECK,
                new EmptyPayloadCodec<>(
                        codecs.maybeEnveloped(codecs.healthRequest()),
                        MaybeEnveloped.bare(HealthRequest.builder().build())));
        homeAssistantStatus = new AliciaMessage<>(AliciaTopics.HOME_ASSISTANT_STATUS, codecs.availability());
        all = List.of(
                sensorReading,
                sensorMeasurement,
                sensorAvailability,
                deviceStatus,
                deviceAvailability,
                deviceCommand,
                deviceControl,
                deviceResponse,
                deviceOfKindStatus,
                deviceOfKindCommand,
                speakersAnnounce,
                command,
                commandOfKind,
                commandResponse,
                voiceCommand,
                voiceResponse,
                sttRequest,
                sttResponse,
                sttError,
                aiRequest,
                aiResponse,
                aiError,
                ttsRequest,
                ttsResponse,
                ttsError,
                voiceCommandRoute,
                voiceSession,
                voicePipelineError,
                voiceAudio,
                ttsAnnounce,
                ttsStatus,
                serviceRegistration,
                serviceUnregistration,
                serviceHealth,
                serviceHealthCheck,
                homeAssistantStatus);
    }

    /** {@return all of them, in the order of the contract; a Topic Name belongs to at most one} */
    public List<AliciaMessage<?, ?>> all() {
        return all;
    }

    /** {@return readings of sensors} */
    public AliciaMessage<DeviceId, SensorReading> sensorReading() {
        return sensorReading;
    }

    /** {@return single measurements of sensors} */
    public AliciaMessage<SensorMeasurement, Measurement> sensorMeasurement() {
        return sensorMeasurement;
    }

    /** {@return whether sensors are reachable} */
    public AliciaMessage<DeviceId, Availability> sensorAvailability() {
        return sensorAvailability;
    }

    /** {@return what devices do} */
    public AliciaMessage<DeviceId, MaybeEnveloped<DeviceStatus>> deviceStatus() {
        return deviceStatus;
    }

    /** {@return whether devices are reachable} */
    public AliciaMessage<DeviceId, Availability> deviceAvailability() {
        return deviceAvailability;
    }

    /** {@return commands to devices; written in the bus form} */
    public AliciaMessage<DeviceId, MaybeEnveloped<Command>> deviceCommand() {
        return deviceCommand;
    }

    /** {@return commands to devices as the mobile app sends them; written in the short form} */
    public AliciaMessage<DeviceId, MaybeEnveloped<Command>> deviceControl() {
        return deviceControl;
    }

    /** {@return what became of commands to devices} */
    public AliciaMessage<DeviceId, MaybeEnveloped<CommandResult>> deviceResponse() {
        return deviceResponse;
    }

    /** {@return what devices of a kind do} */
    public AliciaMessage<DeviceOfKind, MaybeEnveloped<DeviceStatus>> deviceOfKindStatus() {
        return deviceOfKindStatus;
    }

    /** {@return commands to devices of a kind; written in the bus form} */
    public AliciaMessage<DeviceOfKind, MaybeEnveloped<Command>> deviceOfKindCommand() {
        return deviceOfKindCommand;
    }

    /** {@return announcements for speakers} */
    public AliciaMessage<NoLevels, MaybeEnveloped<Announcement>> speakersAnnounce() {
        return speakersAnnounce;
    }

    /** {@return commands to any target; written in the short form} */
    public AliciaMessage<String, MaybeEnveloped<Command>> command() {
        return command;
    }

    /** {@return commands to a target of a kind; written in the short form} */
    public AliciaMessage<TargetOfKind, MaybeEnveloped<Command>> commandOfKind() {
        return commandOfKind;
    }

    /** {@return what became of commands} */
    public AliciaMessage<String, MaybeEnveloped<CommandResult>> commandResponse() {
        return commandResponse;
    }

    /** {@return spoken commands as they were understood} */
    public AliciaMessage<NoLevels, MaybeEnveloped<SpokenCommand>> voiceCommand() {
        return voiceCommand;
    }

    /** {@return answers to speak} */
    public AliciaMessage<NoLevels, MaybeEnveloped<SpokenAnswer>> voiceResponse() {
        return voiceResponse;
    }

    /** {@return requests to speech recognition} */
    public AliciaMessage<NoLevels, Envelope<SttRequest>> sttRequest() {
        return sttRequest;
    }

    /** {@return answers of speech recognition} */
    public AliciaMessage<NoLevels, Envelope<SttResponse>> sttResponse() {
        return sttResponse;
    }

    /** {@return errors of speech recognition} */
    public AliciaMessage<NoLevels, Envelope<VoiceError>> sttError() {
        return sttError;
    }

    /** {@return requests to the assistant} */
    public AliciaMessage<NoLevels, Envelope<AiRequest>> aiRequest() {
        return aiRequest;
    }

    /** {@return answers of the assistant} */
    public AliciaMessage<NoLevels, Envelope<AiResponse>> aiResponse() {
        return aiResponse;
    }

    /** {@return errors of the assistant} */
    public AliciaMessage<NoLevels, Envelope<VoiceError>> aiError() {
        return aiError;
    }

    /** {@return requests to speech synthesis} */
    public AliciaMessage<NoLevels, Envelope<TtsRequest>> ttsRequest() {
        return ttsRequest;
    }

    /** {@return answers of speech synthesis} */
    public AliciaMessage<NoLevels, Envelope<TtsResponse>> ttsResponse() {
        return ttsResponse;
    }

    /** {@return errors of speech synthesis} */
    public AliciaMessage<NoLevels, Envelope<VoiceError>> ttsError() {
        return ttsError;
    }

    /** {@return where the voice router sends commands} */
    public AliciaMessage<NoLevels, Envelope<VoiceRoute>> voiceCommandRoute() {
        return voiceCommandRoute;
    }

    /** {@return voice sessions that start and end} */
    public AliciaMessage<VoiceSessionEvent, Envelope<VoiceSession>> voiceSession() {
        return voiceSession;
    }

    /** {@return errors of the voice pipeline as a whole} */
    public AliciaMessage<NoLevels, Envelope<VoiceError>> voicePipelineError() {
        return voicePipelineError;
    }

    /** {@return audio from microphones} */
    public AliciaMessage<NoLevels, byte[]> voiceAudio() {
        return voiceAudio;
    }

    /** {@return announcements, older} */
    public AliciaMessage<NoLevels, MaybeEnveloped<Announcement>> ttsAnnounce() {
        return ttsAnnounce;
    }

    /** {@return what became of announcements, older} */
    public AliciaMessage<NoLevels, MaybeEnveloped<AnnouncementOutcome>> ttsStatus() {
        return ttsStatus;
    }

    /** {@return services that come} */
    public AliciaMessage<NoLevels, MaybeEnveloped<ServiceRegistration>> serviceRegistration() {
        return serviceRegistration;
    }

    /** {@return services that go} */
    public AliciaMessage<NoLevels, MaybeEnveloped<ServiceUnregistration>> serviceUnregistration() {
        return serviceUnregistration;
    }

    /** {@return how services fare} */
    public AliciaMessage<String, MaybeEnveloped<HealthReport>> serviceHealth() {
        return serviceHealth;
    }

    /** {@return requests for health reports; an empty payload asks all services} */
    public AliciaMessage<NoLevels, MaybeEnveloped<HealthRequest>> serviceHealthCheck() {
        return serviceHealthCheck;
    }

    /** {@return Home Assistant's birth and Will Message} */
    public AliciaMessage<NoLevels, Availability> homeAssistantStatus() {
        return homeAssistantStatus;
    }
}
