package io.alicia.mqtt.testkit.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.broker.fault.CrossingPacket.Kind;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.client.Presence;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.homeassistant.DeviceChange;
import io.alicia.mqtt.homeassistant.component.CameraEntity;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.entity.LightCommand;
import io.alicia.mqtt.homeassistant.entity.LightState;
import io.alicia.mqtt.homeassistant.live.HomeAssistantOptions;
import io.alicia.mqtt.homeassistant.live.LiveDevice;
import io.alicia.mqtt.homeassistant.live.LiveEntity;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.testkit.MessageProbe;
import io.alicia.mqtt.testkit.MqttTest;
import io.alicia.mqtt.testkit.TestBroker;
import io.alicia.mqtt.testkit.fault.Fault;
import io.alicia.mqtt.testkit.fault.Packets;
import io.alicia.mqtt.topic.NoLevels;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Living entities and the reader, over the real client and the embedded broker. */
@MqttTest
class FakeHomeAssistantTest {

    private static final int SENSORS = 100;
    private static final String STATES = "alicia/entities/hall/+/state";

    private TestBroker broker;
    private AliciaMqttClient house;

    @BeforeEach
    void connect(TestBroker testBroker) {
        broker = testBroker;
        house = client().presence(Presence.ofDevice("house"))
                .homeAssistant(HomeAssistantOptions.builder()
                        .origin(Origin.builder().name("house").build())
                        .longestDelay(Duration.ZERO)
                        .restartMessagesPerSecond(2 * SENSORS)
                        .build())
                .connect();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private AliciaMqttClientBuilder client() {
        return AliciaMqttClient.builder().server(broker.uri()).account("alicia", broker.password("alicia"));
    }

    private FakeHomeAssistant homeAssistant() {
        return FakeHomeAssistant.start(this::client);
    }

    @Test
    void an_entity_that_its_device_merely_leaves_out_stays_until_home_assistant_restarts() {
        TopicTemplate<NoLevels> config = TopicTemplate.fixed("homeassistant/device/d/config");
        var announcing = house.topic(config, PayloadCodec.text()).withRetained(true);
        String device = "{\"dev\":{\"ids\":\"d\"},\"o\":{\"name\":\"x\"},\"cmps\":{%s}}";
        String one = "\"%s\":{\"p\":\"sensor\",\"uniq_id\":\"%1$s\",\"stat_t\":\"s\"}";
        try (FakeHomeAssistant homeAssistant = homeAssistant()) {
            announcing
                    .publish(NoLevels.NONE, device.formatted(one.formatted("a") + "," + one.formatted("b")))
                    .blockingAwait();
            homeAssistant.awaitEntities(2);

            announcing
                    .publish(NoLevels.NONE, device.formatted(one.formatted("a") + "," + one.formatted("c")))
                    .blockingAwait();
            homeAssistant.awaitEntity("c");
            assertThat(homeAssistant.entities())
                    .extracting(entity -> entity.uniqueId().orElse(""))
                    .containsExactlyInAnyOrder("a", "b", "c");

            homeAssistant.restart();
            homeAssistant.awaitEntity("c");
            assertThat(homeAssistant.entities())
                    .extracting(entity -> entity.uniqueId().orElse(""))
                    .containsExactlyInAnyOrder("a", "c");
        }
    }

    @Test
    void a_light_in_ten_lines() {
        LiveDevice hall = house.homeAssistant()
                .device(
                        "hall",
                        Device.builder().addIdentifiers("hall").name("Hall").build());
        LiveEntity lamp = hall.light("lamp", light -> light.name("Lamp").brightness(true));
        Disposable answering = lamp.commands(LightCommand.class)
                .flatMapCompletable(command -> lamp.publish(LightState.builder()
                        .on(command.on().orElse(true))
                        .brightness(command.brightness())
                        .build()))
                .subscribe();
        house.subscribed().andThen(hall.announce()).blockingAwait();

        try (FakeHomeAssistant homeAssistant = homeAssistant()) {
            FakeEntity seen = homeAssistant.awaitEntity("hall_lamp");
            assertThat(seen.component()).isInstanceOf(JsonLightEntity.class);
            seen.awaitAvailable(true);
            seen.send(LightCommand.builder()
                    .on(true)
                    .brightness(Brightness.percent(40))
                    .build());
            seen.awaitState(LightState.builder()
                    .on(true)
                    .brightness(Brightness.percent(40))
                    .build());
            seen.send(LightCommand.builder().brightness(Brightness.percent(20)).build());
            seen.awaitState(LightState.builder()
                    .on(true)
                    .brightness(Brightness.percent(20))
                    .build());
            assertThat(homeAssistant.refused()).isEmpty();
        }
        answering.dispose();
    }

    @Test
    void an_entity_that_is_announced_as_something_else_is_the_same_until_it_is_removed() {
        LiveDevice hall = house.homeAssistant()
                .device("hall", Device.builder().addIdentifiers("hall").build());
        LiveEntity power = hall.sensor("power", sensor -> sensor.name("Power"));
        hall.announce().andThen(power.publish(EntityState.of(1))).blockingAwait();

        try (FakeHomeAssistant homeAssistant = homeAssistant()) {
            FakeEntity seen = homeAssistant.awaitEntity("hall_power");
            seen.awaitState(EntityState.of(1));
            hall.replace(
                    "power",
                    SensorEntity.builder()
                            .uniqueId("hall_power")
                            .name("Watts")
                            .stateTopic(TopicFilter.of("watts"))
                            .build());
            power.publish(EntityState.of(2)).blockingAwait();
            seen.awaitState(EntityState.of(2));
            assertThat(((SensorEntity) seen.component()).stateTopic()).isEqualTo(TopicFilter.of("watts"));
            assertThat(homeAssistant.entities()).containsExactly(seen);

            hall.remove("power").blockingAwait();
            seen.awaitAvailable(false);
            assertThat(homeAssistant.entities()).isEmpty();
            assertThat(homeAssistant.refused()).isEmpty();
        }
    }

    @Test
    void a_restart_brings_entities_states_and_availability_back() {
        LiveDevice hall = house.homeAssistant()
                .device("hall", Device.builder().addIdentifiers("hall").build());
        LiveEntity power = hall.sensor("power", sensor -> sensor.unitOfMeasurement("W"));
        hall.announce().andThen(power.publish(EntityState.of(12.5))).blockingAwait();

        try (FakeHomeAssistant homeAssistant = homeAssistant()) {
            homeAssistant.awaitEntity("hall_power").awaitState(EntityState.of("12.5"));
            homeAssistant.restart();
            FakeEntity again = homeAssistant.awaitEntity("hall_power");
            again.awaitState(EntityState.of("12.5"));
            again.awaitAvailable(true);
            house.close();
            again.awaitAvailable(false);
        }
    }

    @Test
    void a_state_that_changes_while_a_restart_is_answered_stays_the_new_one() {
        LiveDevice hall = house.homeAssistant()
                .device("hall", Device.builder().addIdentifiers("hall").build());
        List<LiveEntity> sensors = new ArrayList<>();
        for (int s = 0; s < SENSORS; s++) {
            sensors.add(hall.sensor("s" + s, sensor -> sensor));
        }
        house.subscribed().andThen(hall.announce()).blockingAwait();
        publish(sensors, "old").blockingAwait();

        try (MessageProbe said = broker.probeAs("alicia", STATES);
                FakeHomeAssistant homeAssistant = homeAssistant()) {
            // Each sensor is retained; now some are said again, and others on their way to be.
            await().until(() -> said.messages(STATES).size() >= SENSORS + 10);
            publish(sensors, "new").blockingAwait();
            for (int s = 0; s < SENSORS; s++) {
                homeAssistant.awaitEntity("hall_s" + s).awaitState(EntityState.of("new"));
            }
            await().until(() -> said.messages(STATES).size() >= 3 * SENSORS);

            for (int s = 0; s < SENSORS; s++) {
                TopicName topic = TopicName.of("alicia/entities/hall/s" + s + "/state");
                assertThat(said.messages(topic.value()))
                        .last()
                        .extracting(message -> message.payload().toUtf8())
                        .isEqualTo("new");
            }
        }
    }

    private static Completable publish(List<LiveEntity> sensors, String state) {
        return Flowable.fromIterable(sensors).flatMapCompletable(sensor -> sensor.publish(EntityState.of(state)));
    }

    @Test
    void a_picture_arrives_as_the_bytes_that_it_is() {
        BinaryData jpeg = BinaryData.of(new byte[] {(byte) 0xFF, (byte) 0xD8, 0, 10, (byte) 0xFF, (byte) 0xD9});
        LiveDevice door = house.homeAssistant()
                .device("door", Device.builder().addIdentifiers("door").build());
        LiveEntity camera = door.add(
                "camera",
                CameraEntity.builder()
                        .uniqueId("camera")
                        .topic(door.topics("camera").stateFilter())
                        .build());
        door.announce().andThen(camera.publish(EntityState.of(jpeg))).blockingAwait();

        try (FakeHomeAssistant homeAssistant = homeAssistant()) {
            homeAssistant.awaitEntity("camera").awaitState(EntityState.of(jpeg));
        }
    }

    @Test
    void a_motion_sensor_that_only_says_that_there_is_motion_goes_off_by_itself() {
        LiveDevice hall = house.homeAssistant()
                .device("hall", Device.builder().addIdentifiers("hall").build());
        LiveEntity motion = hall.binarySensor("motion", sensor -> sensor.offDelay(Duration.ofSeconds(1)));
        hall.announce().andThen(motion.publish(EntityState.of(true))).blockingAwait();

        try (FakeHomeAssistant homeAssistant = homeAssistant()) {
            FakeEntity seen = homeAssistant.awaitEntity("hall_motion");
            seen.awaitState(EntityState.of(false));
            assertThat(seen.states()).startsWith(EntityState.of(true));
        }
    }

    @Test
    void one_message_that_the_server_refuses_keeps_nothing_else_from_home_assistant() {
        LiveDevice hall = house.homeAssistant()
                .device("hall", Device.builder().addIdentifiers("hall").build());
        List<LiveEntity> sensors = new ArrayList<>();
        for (int s = 0; s < SENSORS; s++) {
            sensors.add(hall.sensor("s" + s, sensor -> sensor));
        }
        // No account of a house may publish what belongs to the broker.
        LiveEntity refused = hall.add(
                "refused",
                SensorEntity.builder()
                        .uniqueId("refused")
                        .stateTopic(TopicFilter.of("$SYS/broker/refused"))
                        .build());
        hall.announce().blockingAwait();
        assertThat(refused.publish(EntityState.of("1"))
                        .materialize()
                        .blockingGet()
                        .getError())
                .isInstanceOf(PublishFailedException.class);
        publish(sensors, "1").blockingAwait();

        try (MessageProbe said = broker.probeAs("alicia", STATES);
                FakeHomeAssistant homeAssistant = homeAssistant()) {
            homeAssistant.awaitEntities(SENSORS + 1);
            // Each sensor is retained, and said again for the start of Home Assistant.
            await().untilAsserted(() -> assertThat(said.messages(STATES)).hasSize(2 * SENSORS));
        }
    }

    @Test
    void a_broken_connection_brings_the_will_then_the_birth_and_with_it_all_announcements() {
        LiveDevice hall = house.homeAssistant()
                .device("hall", Device.builder().addIdentifiers("hall").build());
        hall.onOff("plug", plug -> plug);
        hall.announce().blockingAwait();
        try (FakeHomeAssistant homeAssistant = FakeHomeAssistant.start(() -> client().clientIdentifier("ha"));
                MessageProbe said = broker.probeAs("alicia", "homeassistant/#")) {
            FakeEntity plug = homeAssistant.awaitEntity("hall_plug");
            broker.faults().next(new Fault.Cut(Packets.of(Kind.PUBLISH).fromClient("ha")));
            plug.send(new EntityCommand.Switch(true));

            await().untilAsserted(() -> assertThat(said.messages("homeassistant/#"))
                    .extracting(message -> message.topic().value(), message -> message.retain())
                    .containsSubsequence(
                            tuple("homeassistant/status", false),
                            tuple("homeassistant/status", false),
                            tuple("homeassistant/device/hall/config", true)));
            assertThat(said.messages("homeassistant/#"))
                    .filteredOn(message -> message.topic().value().equals("homeassistant/status"))
                    .extracting(message -> message.payload().toUtf8())
                    .containsExactly("offline", "online");
        }
    }

    @Test
    void entities_move_out_of_the_message_of_their_device_and_back_and_home_assistant_keeps_them() {
        LiveDevice hall = house.homeAssistant()
                .device("hall", Device.builder().addIdentifiers("hall").build());
        LiveEntity power = hall.sensor("power", sensor -> sensor.unitOfMeasurement("W"));
        hall.onOff("plug", plug -> plug);
        hall.announce().andThen(power.publish(EntityState.of(1))).blockingAwait();

        try (FakeHomeAssistant homeAssistant = homeAssistant()) {
            assertThat(homeAssistant.awaitEntities(2)).allMatch(FakeHomeAssistantTest::isOfDevice);
            hall.announceEntitiesApart().blockingAwait();
            await().untilAsserted(() ->
                    assertThat(homeAssistant.entities()).hasSize(2).noneMatch(FakeHomeAssistantTest::isOfDevice));
            power.publish(EntityState.of(2)).blockingAwait();
            homeAssistant.awaitEntity("hall_power").awaitState(EntityState.of("2"));
            homeAssistant.restart();
            assertThat(homeAssistant.awaitEntities(2)).noneMatch(FakeHomeAssistantTest::isOfDevice);
            homeAssistant.awaitEntity("hall_power").awaitState(EntityState.of("2"));

            hall.announceInPlaceOf(List.of()).blockingAwait();
            await().untilAsserted(() ->
                    assertThat(homeAssistant.entities()).hasSize(2).allMatch(FakeHomeAssistantTest::isOfDevice));
            homeAssistant.restart();
            assertThat(homeAssistant.awaitEntities(2)).hasSize(2).allMatch(FakeHomeAssistantTest::isOfDevice);
            assertThat(homeAssistant.refused()).isEmpty();
        }
    }

    private static boolean isOfDevice(FakeEntity entity) {
        return entity.discovered().topic().isDevice();
    }

    @Test
    void the_four_devices_of_the_houses_own_script_are_four_devices_and_entities() {
        try (FakeHomeAssistant homeAssistant = homeAssistant();
                AliciaMqtt script = client().connect()) {
            String device = "\"device\":{\"identifiers\":[\"alicia_device_%s\"],\"name\":\"Alicia Smart Home\","
                    + "\"manufacturer\":\"Alicia Project\",\"model\":\"MQTT Device Simulator\"}";
            announce(
                    script,
                    "sensor",
                    "living_room_temperature",
                    "\"state_topic\":\"home/livingroom/temperature/state\","
                            + "\"device_class\":\"temperature\",\"unit_of_measurement\":\"°C\",\"value_template\":\"{{ value_json.value }}\","
                            + device.formatted("living_room_temperature"));
            announce(
                    script,
                    "light",
                    "kitchen_light",
                    "\"command_topic\":\"home/kitchen/light/set\","
                            + "\"state_topic\":\"home/kitchen/light/state\",\"schema\":\"json\",\"brightness\":true,"
                            + device.formatted("kitchen_light"));
            announce(
                    script,
                    "binary_sensor",
                    "hall_motion",
                    "\"state_topic\":\"home/hall/motion/state\","
                            + "\"device_class\":\"motion\",\"payload_on\":\"ON\",\"payload_off\":\"OFF\","
                            + device.formatted("hall_motion"));
            announce(
                    script,
                    "sensor",
                    "bath_humidity",
                    "\"state_topic\":\"home/bath/humidity/state\","
                            + "\"device_class\":\"humidity\",\"unit_of_measurement\":\"%\",\"value_template\":\"{{ value_json.value }}\","
                            + device.formatted("bath_humidity"));

            List<FakeEntity> entities = homeAssistant.awaitEntities(4);

            assertThat(entities)
                    .extracting(entity -> entity.discovered().id().id())
                    .containsExactlyInAnyOrder(
                            "living_room_temperature", "kitchen_light", "hall_motion", "bath_humidity");
            assertThat(script.homeAssistant()
                            .discoveredDevices()
                            .take(4)
                            .timeout(10, TimeUnit.SECONDS)
                            .blockingIterable())
                    .hasOnlyElementsOfType(DeviceChange.Appeared.class)
                    .extracting(change -> ((DeviceChange.Appeared) change)
                            .device()
                            .device()
                            .identifiers()
                            .get(0))
                    .containsExactlyInAnyOrder(
                            "alicia_device_living_room_temperature",
                            "alicia_device_kitchen_light",
                            "alicia_device_hall_motion",
                            "alicia_device_bath_humidity");
            publish(script, "home/livingroom/temperature/state", "{\"value\":21.5}");
            homeAssistant.awaitEntity("alicia_living_room_temperature").awaitState(EntityState.of("21.5"));
            assertThat(homeAssistant.refused()).isEmpty();
        }
    }

    private static void announce(AliciaMqtt client, String component, String id, String options) {
        publish(
                client,
                "homeassistant/" + component + "/" + id + "/config",
                "{\"name\":\"" + id + "\",\"unique_id\":\"alicia_" + id + "\"," + options + "}");
    }

    private static void publish(AliciaMqtt client, String topic, String payload) {
        client.topic(TopicTemplate.fixed(topic), PayloadCodec.text())
                .withQos(Qos.AT_LEAST_ONCE)
                .withRetained(true)
                .publish(NoLevels.NONE, payload)
                .blockingAwait();
    }

    @Test
    void says_what_is_there_when_what_is_awaited_does_not_come() {
        try (FakeHomeAssistant homeAssistant = homeAssistant();
                AliciaMqtt script = client().connect()) {
            publish(script, "homeassistant/sensor/broken/config", "{}");
            await().until(() -> !homeAssistant.refused().isEmpty());
            assertThat(homeAssistant.refused())
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.toString()).contains("state_topic is required"));
        }
    }
}
