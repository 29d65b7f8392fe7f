package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.PowerState;
import io.alicia.mqtt.payload.SensorReading;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** What happens in the house, one chapter after the other; each has to come true before the next begins. */
final class Story {

    private static final long STEP_SECONDS = 10;

    private final Inhabitants house;
    private final Narrator narrator;

    Story(Inhabitants house, Narrator narrator) {
        this.house = house;
        this.narrator = narrator;
    }

    /** Plays it; throws at the first chapter that does not come true. */
    void play() throws StepFailedException {
        chapter("Everyone moves in", house::start);
        chapter("Sensor readings arrive", this::sensorReadings);
        chapter("Motion in the hall turns the hall bulb on", this::motionTurnsTheHallBulbOn);
        chapter("\"Turn on the kitchen light\"", this::aSpokenCommandIsCarriedOutAndAnswered);
        chapter("The app sets the volume", this::theAppSetsTheVolume);
        chapter("A late joiner gets what was retained", this::aLateJoinerGetsTheRetainedState);
        chapter("An ESP32 tries to command a bulb and is refused", this::theSensorMayNotCommand);
    }

    private void chapter(String title, Supplier<Completable> events) throws StepFailedException {
        narrator.chapter(title);
        try {
            Completable.defer(events::get)
                    .timeout(STEP_SECONDS, TimeUnit.SECONDS)
                    .blockingAwait();
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String why = cause instanceof TimeoutException
                    ? "it did not happen within " + STEP_SECONDS + " seconds"
                    : String.valueOf(cause.getMessage());
            throw new StepFailedException(title, why, cause);
        }
    }

    private Completable sensorReadings() {
        Single<SensorReading> seen = house.automation().sees(Inhabitants.CLIMATE_SENSOR, 21.5);
        return house.climateSensor().measures(21.5, 45).andThen(seen).ignoreElement();
    }

    private Completable motionTurnsTheHallBulbOn() {
        return house.motionSensor()
                .notices(PowerState.ON)
                .andThen(house.app().awaits(Inhabitants.HALL_BULB, Story::isOn))
                .ignoreElement();
    }

    private Completable aSpokenCommandIsCarriedOutAndAnswered() {
        return house.speaker()
                .speaksAfter(house.voiceAssistant().hears("session_1", "Turn on the kitchen light"))
                .andThen(house.app().awaits(Inhabitants.KITCHEN_BULB, Story::isOn))
                .ignoreElement();
    }

    private Completable theAppSetsTheVolume() {
        return house.app().setsVolume(Inhabitants.SPEAKER, 35).ignoreElement();
    }

    private Completable aLateJoinerGetsTheRetainedState() {
        return Completable.fromAction(() -> {
            try (MobileApp lateJoiner = house.anotherApp()) {
                SensorReading reading = lateJoiner
                        .reading(Inhabitants.CLIMATE_SENSOR)
                        .timeout(STEP_SECONDS, TimeUnit.SECONDS)
                        .blockingGet();
                narrator.tells(
                        Inhabitants.LATE_JOINER,
                        "knows at once that it is "
                                + reading.temperatureCelsius().orElse(Double.NaN) + " °C");
                lateJoiner
                        .awaits(Inhabitants.HALL_BULB, Story::isOn)
                        .timeout(STEP_SECONDS, TimeUnit.SECONDS)
                        .ignoreElement()
                        .blockingAwait();
            }
        });
    }

    private Completable theSensorMayNotCommand() {
        return house.climateSensor()
                .triesToCommand(Inhabitants.HALL_BULB)
                .andThen(Completable.error(
                        new IllegalStateException("the broker took a command that the policy forbids")))
                .onErrorResumeNext(failure -> failure instanceof PublishFailedException
                        ? Completable.fromAction(() ->
                                narrator.refusal(Inhabitants.CLIMATE_SENSOR, String.valueOf(failure.getMessage())))
                        : Completable.error(failure));
    }

    private static boolean isOn(DeviceStatus status) {
        return status instanceof BulbStatus bulb
                && bulb.state().filter(PowerState.ON::equals).isPresent();
    }
}
