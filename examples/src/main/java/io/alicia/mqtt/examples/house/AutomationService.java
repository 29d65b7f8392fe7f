package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.Received;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.payload.PowerState;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.topic.SensorMeasurement;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.processors.PublishProcessor;
import java.util.Map;

/** Turns the light on where somebody moves. */
final class AutomationService implements AutoCloseable {

    private static final Brightness MOTION_BRIGHTNESS = Brightness.percent(75);

    private final AliciaMqtt alicia;
    private final Map<String, String> bulbByMotionSensor;
    private final Narrator narrator;
    private final CompositeDisposable streams = new CompositeDisposable();
    private final FlowableProcessor<String> answers =
            PublishProcessor.<String>create().toSerialized();

    AutomationService(AliciaMqtt alicia, Map<String, String> bulbByMotionSensor, Narrator narrator) {
        this.alicia = alicia;
        this.bulbByMotionSensor = Map.copyOf(bulbByMotionSensor);
        this.narrator = narrator;
    }

    /** Listens to motion and tells the house that it is there. */
    Completable starts() {
        streams.add(alicia.sensors()
                .measurements()
                .filter(received -> received.levels().measurement().equals(MotionSensor.MOTION))
                .filter(received ->
                        received.payload().state().filter(PowerState.ON::equals).isPresent())
                .concatMapCompletable(received -> lightUp(received).onErrorComplete(failure -> {
                    narrator.failure("automation: " + failure.getMessage());
                    return true;
                }))
                .subscribe());
        return alicia.subscribed()
                .andThen(alicia.services()
                        .register(ServiceRegistration.builder()
                                .serviceName(HousePolicy.AUTOMATION)
                                .build()));
    }

    /** The first reading of {@code sensor} with that temperature, as it arrives here. */
    Single<SensorReading> sees(String sensor, double temperatureCelsius) {
        return alicia.sensors()
                .latest(sensor)
                .filter(reading -> reading.temperatureCelsius().orElse(Double.NaN) == temperatureCelsius)
                .firstOrError()
                .doOnSuccess(reading -> narrator.tells(
                        HousePolicy.AUTOMATION, "knows that it is " + temperatureCelsius + " °C at " + sensor));
    }

    /** Completes with the next answer of {@code bulb} to what the automation told it. */
    Completable hearsFrom(String bulb) {
        return answers.filter(bulb::equals).firstOrError().ignoreElement();
    }

    private Completable lightUp(Received<SensorMeasurement, Measurement> motion) {
        String bulb = bulbByMotionSensor.get(motion.levels().deviceId().value());
        if (bulb == null) {
            return Completable.complete();
        }
        narrator.tells(HousePolicy.AUTOMATION, "turns " + bulb + " on", "alicia/devices/" + bulb + "/command");
        return alicia.devices()
                .light(bulb)
                .turnOn(MOTION_BRIGHTNESS)
                .doOnSuccess(result -> {
                    narrator.tells(
                            HousePolicy.AUTOMATION,
                            "hears from " + bulb + ": "
                                    + (result.success()
                                            ? "done"
                                            : result.error().orElse("failed")),
                            "alicia/devices/" + bulb + "/response");
                    answers.onNext(bulb);
                })
                .ignoreElement();
    }

    /** Stops listening. */
    @Override
    public void close() {
        streams.dispose();
    }
}
