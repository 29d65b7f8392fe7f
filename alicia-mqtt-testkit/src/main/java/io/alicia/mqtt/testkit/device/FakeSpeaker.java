package io.alicia.mqtt.testkit.device;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.PlaybackState;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.reactivex.rxjava3.core.Completable;

/** A loudspeaker: {@code set_volume}, {@code play}, {@code play_audio}, {@code pause}, {@code stop}, its status retained. */
public final class FakeSpeaker extends FakeDevice {

    private static final int FIRST_VOLUME_PERCENT = 20;

    private int volumePercent = FIRST_VOLUME_PERCENT;
    private PlaybackState playback = PlaybackState.STOPPED;

    private FakeSpeaker(AliciaMqtt client, String deviceId) {
        super(client, deviceId);
    }

    /** A speaker that is silent at 20 %, listens, and has told so when this returns. */
    public static FakeSpeaker start(AliciaMqtt client, String deviceId) {
        FakeSpeaker speaker = new FakeSpeaker(client, deviceId);
        speaker.begin();
        return speaker;
    }

    /** How loud it is, 0 to 100 %. */
    public synchronized int volumePercent() {
        return volumePercent;
    }

    /** What it does. */
    public synchronized PlaybackState playback() {
        return playback;
    }

    @Override
    synchronized boolean carryOut(Command command) {
        switch (command.name()) {
            case "set_volume" -> command.volumePercent().ifPresent(wanted -> volumePercent = wanted);
            case "play", "play_audio" -> playback = PlaybackState.PLAYING;
            case "pause" -> playback = PlaybackState.PAUSED;
            case "stop" -> playback = PlaybackState.STOPPED;
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    Completable publishStatus() {
        SpeakerStatus status;
        synchronized (this) {
            status = SpeakerStatus.builder()
                    .deviceId(deviceId())
                    .deviceType(SpeakerStatus.DEVICE_TYPE)
                    .playbackState(playback)
                    .volumePercent(volumePercent)
                    .build();
        }
        return client().devices().publish(status);
    }
}
