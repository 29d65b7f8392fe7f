package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.payload.PowerState;
import io.alicia.mqtt.payload.SensorReading;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happens in the house, one chapter after the other; each has to come true before the next begins. */
final class Story {

    private static final long STEP_SECONDS = 10;

    private final Inhabitants house;
    private final Closing closing;
    private final Narrator narrator;
    private final @Nullable AccessPolicy rulesOfServer;

    /** @param rulesOfServer what a server goes by that does not tell it itself, null if it does */
    Story(Inhabitants house, Closing closing, Narrator narrator, @Nullable AccessPolicy rulesOfServer) {
        this.house = house;
        this.closing = closing;
        this.narrator = narrator;
        this.rulesOfServer = rulesOfServer;
    }

    /** Plays it; throws at the first chapter that does not come true. */
    void play() throws StepFailedException, HouseClosesException {
        chapter(
                "Everyone moves in",
                house::start,
                announced(
                        Inhabitants.HALL_BULB,
                        Inhabitants.KITCHEN_BULB,
                        Inhabitants.SPEAKER,
                        "service_" + HousePolicy.AUTOMATION),
                status(Inhabitants.HALL_BULB),
                status(Inhabitants.KITCHEN_BULB),
                status(Inhabitants.SPEAKER),
                "alicia/system/discovery/register");
        chapter(
                "Sensor readings arrive",
                this::sensorReadings,
                announced(Inhabitants.CLIMATE_SENSOR),
                "alicia/sensors/" + Inhabitants.CLIMATE_SENSOR);
        chapter(
                "Motion in the hall turns the hall bulb on",
                this::motionTurnsTheHallBulbOn,
                announced(Inhabitants.MOTION_SENSOR),
                "alicia/sensors/" + Inhabitants.MOTION_SENSOR + "/" + MotionSensor.MOTION,
                command(Inhabitants.HALL_BULB),
                status(Inhabitants.HALL_BULB),
                "alicia/devices/" + Inhabitants.HALL_BULB + "/response");
        chapter(
                "\"Turn on the kitchen light\"",
                this::aSpokenCommandIsCarriedOutAndAnswered,
                announced(),
                "alicia/voice/stt/response",
                "alicia/voice/command",
                "alicia/voice/ai/request",
                "alicia/commands/" + Inhabitants.KITCHEN_BULB,
                status(Inhabitants.KITCHEN_BULB),
                "alicia/commands/" + Inhabitants.KITCHEN_BULB + "/response",
                "alicia/voice/ai/response",
                "alicia/voice/response",
                "alicia/tts/announce",
                "alicia/tts/status");
        chapter(
                "The app sets the volume",
                this::theAppSetsTheVolume,
                announced(),
                command(Inhabitants.SPEAKER),
                status(Inhabitants.SPEAKER));
        chapter("A late joiner gets what was retained", this::aLateJoinerGetsTheRetainedState, announced());
        chapter("An ESP32 tries to command a bulb and is refused", this::theSensorMayNotCommand, announced());
    }

    private static String status(String device) {
        return "alicia/devices/" + device + "/status";
    }

    private static String command(String device) {
        return "alicia/devices/" + device + "/command";
    }

    private static Set<String> announced(String... devices) {
        return Stream.of(devices)
                .map(device -> "homeassistant/device/alicia_" + device + "/config")
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Ends when Home Assistant has seen {@code topics} and knows of {@code announced}, too, so that all of it is told below
     * its title.
     */
    private void chapter(String title, Supplier<Completable> events, Set<String> announced, String... topics)
            throws StepFailedException, HouseClosesException {
        narrator.chapter(title);
        try {
            closing.orWaitFor(Completable.mergeArray(
                            house.homeAssistant().sees(Set.of(topics)),
                            house.homeAssistant().knows(announced),
                            Completable.defer(events::get))
                    .timeout(STEP_SECONDS, TimeUnit.SECONDS));
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
        return Completable.mergeArray(
                house.automation().hearsFrom(Inhabitants.HALL_BULB),
                house.motionSensor()
                        .notices(PowerState.ON)
                        .andThen(house.app().awaits(Inhabitants.HALL_BULB, Story::isOn))
                        .ignoreElement());
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
        return house.anotherApp()
                .flatMapCompletable(lateJoiner -> lateJoiner
                        .reading(Inhabitants.CLIMATE_SENSOR)
                        .doOnSuccess(reading -> narrator.tells(
                                Inhabitants.LATE_JOINER,
                                "knows at once that it is "
                                        + reading.temperatureCelsius().orElse(Double.NaN) + " °C"))
                        .ignoreElement()
                        .andThen(lateJoiner.awaits(Inhabitants.HALL_BULB, Story::isOn))
                        .ignoreElement()
                        .andThen(lateJoiner.leaves()));
    }

    private Completable theSensorMayNotCommand() {
        return house.climateSensor()
                .triesToCommand(Inhabitants.HALL_BULB)
                .andThen(Completable.error(
                        new IllegalStateException("the broker took a command that the policy forbids")))
                .onErrorResumeNext(failure -> failure instanceof PublishFailedException
                        ? Completable.fromAction(() -> tellsOfTheRefusal(failure))
                        : Completable.error(failure));
    }

    /** MQTT tells a client that it was refused, but by no rule. */
    private void tellsOfTheRefusal(Throwable failure) {
        narrator.refusal(Inhabitants.CLIMATE_SENSOR, String.valueOf(failure.getMessage()));
        if (rulesOfServer != null) {
            narrator.refusal(
                    "policy of the house",
                    rulesOfServer
                            .decide(
                                    house.accountOf(Inhabitants.CLIMATE_SENSOR),
                                    Inhabitants.CLIMATE_SENSOR,
                                    Access.PUBLISH,
                                    TopicName.of(command(Inhabitants.HALL_BULB)))
                            .toString());
        }
    }

    private static boolean isOn(DeviceStatus status) {
        return status instanceof BulbStatus bulb
                && bulb.state().filter(PowerState.ON::equals).isPresent();
    }
}
