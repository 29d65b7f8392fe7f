package io.alicia.mqtt.examples.house;

import static io.alicia.mqtt.access.StandardPolicy.ALICIA;
import static io.alicia.mqtt.access.StandardPolicy.MOBILE_APP;
import static io.alicia.mqtt.access.StandardPolicy.SONOS_SPEAKER;
import static io.alicia.mqtt.access.StandardPolicy.VOICE_ASSISTANT;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.codec.AliciaCodecs;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.InstantSource;
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
    private final HomeAssistantStandIn homeAssistant;
    private final ClimateSensor climateSensor;
    private final MotionSensor motionSensor;
    private final Bulb hallBulb;
    private final Bulb kitchenBulb;
    private final SonosSpeaker speaker;
    private final VoiceAssistant voiceAssistant;
    private final AutomationService automation;
    private final MobileApp app;

    /** Connects everyone but who announces the house: that one comes when Home Assistant is there to hear it. */
    Inhabitants(Connections connections, InstantSource clock, Narrator narrator) throws HouseClosesException {
        this.connections = connections;
        this.narrator = narrator;
        AliciaMessages messages = new AliciaMessages(AliciaCodecs.inUtc());
        homeAssistant = new HomeAssistantStandIn(
                connections.connect(ALICIA, "home_assistant"), messages, DiscoveryChecker.create(), narrator);
        climateSensor = new ClimateSensor(connections.connectSensor(CLIMATE_SENSOR), CLIMATE_SENSOR, clock, narrator);
        motionSensor = new MotionSensor(connections.connectSensor(MOTION_SENSOR), MOTION_SENSOR, narrator);
        hallBulb = new Bulb(connections.connectDevice(HALL_BULB), HALL_BULB, clock, narrator);
        kitchenBulb = new Bulb(connections.connectDevice(KITCHEN_BULB), KITCHEN_BULB, clock, narrator);
        speaker = new SonosSpeaker(connections.connect(SONOS_SPEAKER, SPEAKER), messages, SPEAKER, clock, narrator);
        voiceAssistant = new VoiceAssistant(
                connections.connect(VOICE_ASSISTANT, "voice_assistant"),
                messages,
                new Intents(Map.of("kitchen", KITCHEN_BULB, "hall", HALL_BULB)),
                narrator);
        automation = new AutomationService(
                connections.connect(HousePolicy.AUTOMATION, "automation"), Map.of(MOTION_SENSOR, HALL_BULB), narrator);
        app = new MobileApp(connections.connect(MOBILE_APP, "mobile_app"), "mobile_app", narrator);
    }

    /** Has everyone listen and tell that they are there; completes when the server knows of all. */
    Completable start() {
        return Completable.concatArray(
                homeAssistant.starts(),
                // A service says once that it is there: who announces it must be listening by then.
                connections.connectingAnnouncer(ALICIA, "discovery").flatMapCompletable(AliciaMqtt::subscribed),
                hallBulb.starts(),
                kitchenBulb.starts(),
                speaker.starts(),
                voiceAssistant.starts(),
                automation.starts());
    }

    /** The account with which {@code device} has logged in. */
    String accountOf(String device) {
        return connections.accountOf(device);
    }

    HomeAssistantStandIn homeAssistant() {
        return homeAssistant;
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

    /** Somebody else's phone, which connects when somebody subscribes. */
    Single<MobileApp> anotherApp() {
        return connections
                .connecting(MOBILE_APP, LATE_JOINER)
                .map(connection -> new MobileApp(connection, LATE_JOINER, narrator));
    }

    /** Nobody listens any more; the connections are closed by who made them. */
    @Override
    public void close() {
        automation.close();
        voiceAssistant.close();
        speaker.close();
        kitchenBulb.close();
        hallBulb.close();
        homeAssistant.close();
    }
}
