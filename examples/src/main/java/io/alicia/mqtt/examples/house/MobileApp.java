package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.PowerState;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Predicate;
import java.util.Locale;

/** The app on somebody's phone. */
final class MobileApp {

    private final AliciaMqtt alicia;
    private final String name;
    private final Narrator narrator;

    MobileApp(AliciaMqtt alicia, String name, Narrator narrator) {
        this.alicia = alicia;
        this.name = name;
        this.narrator = narrator;
    }

    /** Sets the volume and waits until the speaker tells that it is so. */
    Single<DeviceStatus> setsVolume(String speaker, int percent) {
        narrator.tells(name, "sets " + speaker + " to " + percent + " %", "alicia/devices/" + speaker + "/command");
        return alicia.devices()
                .speaker(speaker)
                .send(Command.setVolume(percent))
                .andThen(awaits(
                        speaker,
                        status -> status instanceof SpeakerStatus known
                                && known.volumePercent().orElse(-1) == percent));
    }

    /** The first status of {@code device} that fulfils {@code condition}, the last known one included. */
    Single<DeviceStatus> awaits(String device, Predicate<DeviceStatus> condition) {
        return alicia.devices()
                .status(device)
                .filter(condition)
                .firstOrError()
                .doOnSuccess(status -> narrator.tells(name, "sees that " + device + " " + said(status)));
    }

    private static String said(DeviceStatus status) {
        if (status instanceof BulbStatus bulb) {
            return "is " + bulb.state().map(PowerState::name).orElse("there").toLowerCase(Locale.ROOT);
        }
        return status instanceof SpeakerStatus speaker
                        && speaker.volumePercent().isPresent()
                ? "is at volume " + speaker.volumePercent().getAsInt() + " %"
                : "is there";
    }

    /** The last reading that {@code sensor} told. */
    Single<SensorReading> reading(String sensor) {
        return alicia.sensors().latest(sensor).firstOrError();
    }

    /** Says goodbye to the server. */
    Completable leaves() {
        return Completable.defer(alicia::closeAsync);
    }
}
