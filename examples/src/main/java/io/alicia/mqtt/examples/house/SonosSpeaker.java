package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.payload.Announcement;
import io.alicia.mqtt.payload.AnnouncementOutcome;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.PlaybackState;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.alicia.mqtt.topic.DeviceId;
import io.alicia.mqtt.topic.NoLevels;
import io.alicia.mqtt.topic.TargetOfKind;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.processors.PublishProcessor;
import java.time.InstantSource;
import java.util.List;

/** A loudspeaker: changes its volume, speaks announcements, tells its status. */
final class SonosSpeaker implements AutoCloseable {

    private final AliciaMqtt alicia;
    private final AliciaMessages messages;
    private final DeviceId deviceId;
    private final InstantSource clock;
    private final Narrator narrator;
    private final CompositeDisposable streams = new CompositeDisposable();
    private final FlowableProcessor<Announcement> spoken =
            PublishProcessor.<Announcement>create().toSerialized();
    private volatile int volumePercent = 20;
    private volatile PlaybackState playbackState = PlaybackState.STOPPED;

    SonosSpeaker(AliciaMqtt alicia, AliciaMessages messages, String deviceId, InstantSource clock, Narrator narrator) {
        this.alicia = alicia;
        this.messages = messages;
        this.deviceId = DeviceId.of(deviceId);
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Listens for commands and announcements and tells that it is there. */
    Completable starts() {
        // The account of speakers may not publish responses: they answer with their status, as the contract has it.
        streams.add(alicia.topic(messages.deviceCommand())
                .onMessage(deviceId, received -> carryOut(received.payload().payload())));
        streams.add(alicia.topic(messages.commandOfKind())
                .onMessage(
                        new TargetOfKind("sonos", deviceId.value()),
                        received -> carryOut(received.payload().payload())));
        for (String older : List.of("volume", "playback")) {
            streams.add(alicia.topic(messages.commandOfKind())
                    .onMessage(
                            new TargetOfKind("sonos", older),
                            received -> carryOutIfMeant(received.payload().payload())));
        }
        streams.add(alicia.topic(messages.ttsAnnounce())
                .onMessage(received -> speak(received.payload().payload())));
        return alicia.subscribed().andThen(Completable.defer(this::publishStatus));
    }

    /** The older commands are for all speakers and name the one that they mean. */
    private Completable carryOutIfMeant(Command command) {
        return command.speaker().filter(deviceId.value()::equals).isPresent()
                ? carryOut(command)
                : Completable.complete();
    }

    private Completable carryOut(Command command) {
        narrator.tells(deviceId.value(), "is told to " + command.name());
        command.volumePercent().ifPresent(volume -> volumePercent = volume);
        playbackState = switch (command.name()) {
            case "play", "play_audio" -> PlaybackState.PLAYING;
            case "pause" -> PlaybackState.PAUSED;
            case "stop" -> PlaybackState.STOPPED;
            default -> playbackState;
        };
        return publishStatus();
    }

    private Completable speak(Announcement announcement) {
        narrator.tells(deviceId.value(), "says \"" + announcement.message().orElse("") + "\"", "alicia/tts/announce");
        AnnouncementOutcome outcome = AnnouncementOutcome.builder()
                .status(AnnouncementOutcome.Status.COMPLETED)
                .speaker(deviceId.value())
                .message(announcement.message())
                .timestamp(clock.instant())
                .build();
        return alicia.topic(messages.ttsStatus())
                .publish(NoLevels.NONE, MaybeEnveloped.bare(outcome))
                .doOnComplete(() -> spoken.onNext(announcement));
    }

    /** Completes when {@code cause} has happened and something was spoken meanwhile. */
    Completable speaksAfter(Completable cause) {
        return Completable.mergeArray(spoken.firstOrError().ignoreElement(), cause);
    }

    private Completable publishStatus() {
        narrator.tells(
                deviceId.value(), "is at volume " + volumePercent + " %", "alicia/devices/" + deviceId + "/status");
        return alicia.devices()
                .publish(SpeakerStatus.builder()
                        .deviceId(deviceId)
                        .deviceType(SpeakerStatus.DEVICE_TYPE)
                        .playbackState(playbackState)
                        .volumePercent(volumePercent)
                        .timestamp(clock.instant())
                        .build());
    }

    /** Stops listening. */
    @Override
    public void close() {
        streams.dispose();
    }
}
