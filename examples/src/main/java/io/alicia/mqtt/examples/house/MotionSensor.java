package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.payload.PowerState;
import io.reactivex.rxjava3.core.Completable;

/** An ESP32 that notices when somebody moves. */
final class MotionSensor {

    static final String MOTION = "motion";

    private final AliciaMqtt alicia;
    private final String deviceId;
    private final Narrator narrator;

    MotionSensor(AliciaMqtt alicia, String deviceId, Narrator narrator) {
        this.alicia = alicia;
        this.deviceId = deviceId;
        this.narrator = narrator;
    }

    Completable notices(PowerState motion) {
        return alicia.sensors()
                .publish(deviceId, MOTION, Measurement.of(motion))
                .doOnSubscribe(start -> narrator.tells(
                        deviceId,
                        motion == PowerState.ON ? "notices motion" : "all quiet again",
                        "alicia/sensors/" + deviceId + "/" + MOTION));
    }
}
