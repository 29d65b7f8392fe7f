package io.alicia.mqtt.examples.house;

import static io.alicia.mqtt.access.StandardPolicy.ALICIA;
import static io.alicia.mqtt.access.StandardPolicy.ESP32_DEVICE;
import static io.alicia.mqtt.access.StandardPolicy.MOBILE_APP;
import static io.alicia.mqtt.access.StandardPolicy.SONOS_SPEAKER;
import static io.alicia.mqtt.access.StandardPolicy.VOICE_ASSISTANT;

import io.alicia.mqtt.codec.AliciaCodecs;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.reactivex.rxjava3.core.Completable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everyone in the house, each with an account and a connection of their own. */
final class Inhabitants implements AutoCloseable {

    static final String CLIMATE_SENSOR = "living_room_climate";
    static final String MOTION_SENSOR = "hall_motion";
    static final String HALL_BULB = "hall_bulb";
    static final String KITCHEN_BULB = "kitchen_bulb";
    static final String SPEAKER = "sonos_kitchen";
    static final String LATE_JOINER = "late_joiner";

    private final Connections connections;
    private final Narrator narrator;
    private final List<AutoCloseable> all = new ArrayList<>();
    private final HomeAssistantStandIn homeAssistant;
    private final ClimateSensor climateSensor;
    private final MotionSensor motionSensor;
    private final Bulb hallBulb;
    private final Bulb kitchenBulb;
    private final SonosSpeaker speaker;
    private final VoiceAssistant voiceAssistant;
    private final AutomationService automation;
    private final MobileApp app;

    Inhabitants(Connections connections, InstantSource clock, Narrator narrator) {
        this.connections = connections;
        this.narrator = narrator;
        AliciaMessages messages = new AliciaMessages(AliciaCodecs.inUtc());
        homeAssistant = moveIn(new HomeAssistantStandIn(
                connections.connect(ALICIA, "home_assistant"), messages, DiscoveryChecker.create(), narrator));
        moveIn(connections.connectAnnouncingHouse(ALICIA, "discovery"));
        climateSensor = moveIn(
                new ClimateSensor(connections.connect(ESP32_DEVICE, CLIMATE_SENSOR), CLIMATE_SENSOR, clock, narrator));
        motionSensor =
                moveIn(new MotionSensor(connections.connect(ESP32_DEVICE, MOTION_SENSOR), MOTION_SENSOR, narrator));
        hallBulb = moveIn(new Bulb(connections.connect(ESP32_DEVICE, HALL_BULB), HALL_BULB, clock, narrator));
        kitchenBulb = moveIn(new Bulb(connections.connect(ESP32_DEVICE, KITCHEN_BULB), KITCHEN_BULB, clock, narrator));
        speaker = moveIn(
                new SonosSpeaker(connections.connect(SONOS_SPEAKER, SPEAKER), messages, SPEAKER, clock, narrator));
        voiceAssistant = moveIn(new VoiceAssistant(
                connections.connect(VOICE_ASSISTANT, "voice_assistant"),
                messages,
                new Intents(Map.of("kitchen", KITCHEN_BULB, "hall", HALL_BULB)),
                narrator));
        automation = moveIn(new AutomationService(
                connections.connect(HousePolicy.AUTOMATION, "automation"), Map.of(MOTION_SENSOR, HALL_BULB), narrator));
        app = moveIn(new MobileApp(connections.connect(MOBILE_APP, "mobile_app"), "mobile_app", narrator));
    }

    private <T extends AutoCloseable> T moveIn(T inhabitant) {
        all.add(inhabitant);
        return inhabitant;
    }

    /** Has everyone listen and tell that they are there; completes when the server knows of all. */
    Completable start() {
        return Completable.concatArray(
                homeAssistant.starts(),
                hallBulb.starts(),
                kitchenBulb.starts(),
                speaker.starts(),
                voiceAssistant.starts(),
                automation.starts());
    }

    ClimateSensor climateSensor() {
        return climateSensor;
    }

    MotionSensor motionSensor() {
        return motionSensor;
    }

    SonosSpeaker speaker() {
        return speaker;
    }

    VoiceAssistant voiceAssistant() {
        return voiceAssistant;
    }

    AutomationService automation() {
        return automation;
    }

    MobileApp app() {
        return app;
    }

    /** Somebody else's phone, which connects now; to be closed by the caller. */
    MobileApp anotherApp() {
        return new MobileApp(connections.connect(MOBILE_APP, LATE_JOINER), LATE_JOINER, narrator);
    }

    /** Everyone leaves, the last who came first. */
    @Override
    public void close() {
        for (int i = all.size() - 1; i >= 0; i--) {
            try {
                all.get(i).close();
            } catch (Exception e) {
                narrator.failure("could not say goodbye: " + e.getMessage());
            }
        }
    }
}
