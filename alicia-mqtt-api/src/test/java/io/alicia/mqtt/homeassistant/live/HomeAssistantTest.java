package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.alicia.mqtt.homeassistant.DeviceChange;
import io.alicia.mqtt.homeassistant.DiscoveredComponent;
import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Availability;
import io.alicia.mqtt.homeassistant.component.AvailabilityMode;
import io.alicia.mqtt.homeassistant.component.CameraEntity;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.EventEntity;
import io.alicia.mqtt.homeassistant.component.ImageEncoding;
import io.alicia.mqtt.homeassistant.component.ImageEntity;
import io.alicia.mqtt.homeassistant.component.InvalidComponentException;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.homeassistant.component.TextEntity;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.entity.LightCommand;
import io.alicia.mqtt.homeassistant.entity.LightState;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HomeAssistantTest {

    private static final Device HALL =
            Device.builder().addIdentifiers("hall").name("Hall").build();
    private static final String CONFIG = "homeassistant/device/hall/config";

    private final MemoryLink link = new MemoryLink();
    private final TestScheduler time = new TestScheduler();
    private final HomeAssistantOptions options = HomeAssistantOptions.builder()
            .origin(Origin.builder().name("test").build())
            .availabilityTopic(TopicName.of("clients/test"))
            .inFlight(8)
            .build();
    private final HomeAssistant home = HomeAssistant.over(link, options, time, new Random(1));

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void an_entity_with_the_unique_id_of_another_one_is_refused_where_it_is_added() {
        LiveDevice hall = home.device("hall", HALL);
        SwitchEntity.Builder plug =
                SwitchEntity.builder().commandTopic(TopicName.of("a")).uniqueId("u");
        hall.add("one", plug.build());

        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> hall.add("two", plug.build()))
                .withMessage(
                        "the device hall has a switch one with the unique_id u already, so that two would be refused");
        assertThat(hall.add("three", plug.uniqueId("v").build())).isNotNull();
    }

    @Test
    void a_light_is_announced_told_and_says_what_it_is() {
        link.connect();
        LiveDevice hall = home.device("hall", HALL);
        LiveEntity lamp = hall.light("lamp", light -> light.name("Lamp").brightness(true));
        TestSubscriber<LightCommand> commands =
                lamp.commands(LightCommand.class).test();
        hall.announce().blockingAwait();
        lamp.publish(LightState.builder().on(true).brightness(Brightness.FULL).build())
                .blockingAwait();
        link.others("alicia/entities/hall/lamp/set", "{\"state\":\"ON\",\"brightness\":51}", false);

        assertThat(link.taken())
                .containsExactly(
                        "clients/test online",
                        CONFIG
                                + " {\"dev\":{\"ids\":[\"hall\"],\"name\":\"Hall\"},\"o\":{\"name\":\"test\"},"
                                + "\"cmps\":{\"lamp\":{\"p\":\"light\",\"schema\":\"json\",\"brightness\":true,"
                                + "\"cmd_t\":\"alicia/entities/hall/lamp/set\",\"stat_t\":\"alicia/entities/hall/lamp/state\","
                                + "\"name\":\"Lamp\",\"uniq_id\":\"hall_lamp\"}},\"avty\":[{\"t\":\"clients/test\"}]}",
                        "alicia/entities/hall/lamp/state {\"state\":\"ON\",\"brightness\":255}",
                        "alicia/entities/hall/lamp/set {\"state\":\"ON\",\"brightness\":51}");
        commands.assertValues(LightCommand.builder()
                .on(true)
                .brightness(Brightness.percent(20))
                .build());
    }

    @Test
    void will_and_birth_carry_the_same_retain_flag_and_qos() {
        link.connect();

        assertThat(link.retained("clients/test"))
                .hasValueSatisfying(birth -> assertThat(birth.toBuilder()
                                .payload(options.will().orElseThrow().message().payload())
                                .build())
                        .isEqualTo(options.will().orElseThrow().message()));
        home.closeAsync().blockingAwait();
        assertThat(link.retained("clients/test"))
                .contains(options.will().orElseThrow().message());
    }

    @Test
    void says_all_again_at_each_connect_and_some_time_after_home_assistant_has_come_up() {
        LiveDevice hall = home.device("hall", HALL);
        LiveEntity power = hall.sensor("power", sensor -> sensor.unitOfMeasurement("W"));
        hall.announce().blockingAwait();
        power.publish(EntityState.of(12.5)).blockingAwait();
        link.taken();

        link.connect();
        assertThat(link.taken()).hasSize(3).first().isEqualTo("clients/test online");

        link.others("homeassistant/status", "online", false);
        link.taken();
        time.advanceTimeBy(5, TimeUnit.SECONDS);
        assertThat(link.taken()).hasSize(2).last().isEqualTo("alicia/entities/hall/power/state 12.5");

        link.disconnect();
        link.connect();
        assertThat(link.taken()).hasSize(3);
    }

    @Test
    void waits_at_random_before_it_answers_a_restart() {
        home.device("hall", HALL).announce().blockingAwait();
        link.connect();
        link.taken();

        link.others("homeassistant/status", "online", false);
        assertThat(link.taken()).containsExactly("homeassistant/status online");
        link.others("homeassistant/status", "offline", false);
        link.others("homeassistant/status", "online", false);
        link.taken();
        time.advanceTimeBy(20, TimeUnit.SECONDS);

        assertThat(link.taken()).as("one answer to two restarts in a row").hasSize(1);
    }

    @Test
    void a_device_that_is_not_announced_or_removed_is_not_said_again() {
        LiveDevice hall = home.device("hall", HALL);
        home.device("attic", HALL);
        hall.announce().blockingAwait();
        hall.remove().blockingAwait();
        link.taken();
        link.connect();

        assertThat(link.taken()).containsExactly("clients/test online");
        assertThat(link.retained(CONFIG)).isEmpty();
        assertThat(home.device("hall", HALL)).isNotNull();
    }

    @Test
    void events_are_not_retained_and_not_repeated() {
        LiveDevice hall = home.device("hall", HALL);
        LiveEntity bell = hall.add(
                "bell",
                EventEntity.builder()
                        .uniqueId("bell")
                        .stateTopic(hall.topics("bell").stateFilter())
                        .eventTypes(List.of("ring"))
                        .build());
        bell.publish(new EntityState.Event("ring", JsonObject.empty())).blockingAwait();
        assertThat(link.taken()).containsExactly("alicia/entities/hall/bell/state {\"event_type\":\"ring\"}");
        assertThat(link.retained("alicia/entities/hall/bell/state")).isEmpty();

        hall.announce().blockingAwait();
        link.taken();
        link.connect();
        assertThat(link.taken()).hasSize(2);
    }

    @Test
    void refuses_a_wrong_entity_where_it_is_added() {
        LiveDevice hall = home.device("hall", HALL);
        hall.onOff("fan", options -> options);

        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> hall.add(
                        "x",
                        SwitchEntity.builder().commandTopic(TopicName.of("a")).build()))
                .withMessageContaining("unique_id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hall.onOff("fan", options -> options))
                .withMessage("the device hall has an entity fan already");
        assertThatIllegalArgumentException().isThrownBy(() -> hall.onOff("a b", options -> options));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> home.device("hall", HALL))
                .withMessage("there is a device hall already");
    }

    @Test
    void what_others_announce_can_be_used_from_here() {
        link.others(
                "homeassistant/switch/plug/config",
                "{\"~\":\"plug\",\"cmd_t\":\"~/set\",\"stat_t\":\"~/state\",\"val_tpl\":\"{{ value_json.s }}\",\"ret\":true}",
                true);
        link.others("plug/state", "{\"s\":\"ON\"}", true);
        TestSubscriber<DiscoveryChange> changes = home.discovered().test();
        changes.assertValueCount(1);
        DiscoveredComponent plug = ((DiscoveryChange.Appeared) changes.values().get(0)).component();

        RemoteEntity remote = home.entity(plug, TemplateEngine.jinja());
        TestSubscriber<String> unreadable = remote.unreadable().test();
        TestSubscriber<EntityState> states = remote.states().test();
        link.others("plug/state", "no json", false);
        link.others("plug/state", "{\"s\":\"half\"}", false);
        remote.send(new EntityCommand.Switch(false)).blockingAwait();

        states.assertValues(EntityState.of(true));
        unreadable.assertValues(
                "plug/state: cannot evaluate \"{{ value_json.s }}\": there is no value_json, so that it has no s either",
                "plug/state: the payload says nothing that the switch knows");
        assertThat(link.retained("plug/set"))
                .hasValueSatisfying(
                        message -> assertThat(message.payload().toUtf8()).isEqualTo("OFF"));
        link.others("homeassistant/switch/plug/config", "", true);
        changes.assertValueCount(2);
    }

    private RemoteEntity remote(String component, String config) {
        link.others("homeassistant/" + component + "/x/config", config, true);
        return home.discovered()
                .ofType(DiscoveryChange.Appeared.class)
                .map(appeared -> home.entity(appeared.component(), TemplateEngine.jinja()))
                .blockingFirst();
    }

    @Test
    void a_sensor_that_expires_is_available_only_for_some_time_after_it_has_said_something() {
        RemoteEntity sensor = remote("sensor", "{\"stat_t\":\"s\",\"exp_aft\":2,\"avty_t\":\"a\"}");
        TestSubscriber<Boolean> availability = sensor.availability().test();
        link.others("a", "online", true);
        availability.assertValues(false);
        link.others("s", "1", false);
        availability.assertValues(false, true);
        time.advanceTimeBy(1_900, TimeUnit.MILLISECONDS);
        link.others("s", "2", false);
        time.advanceTimeBy(1_900, TimeUnit.MILLISECONDS);
        availability.assertValues(false, true);
        time.advanceTimeBy(100, TimeUnit.MILLISECONDS);
        availability.assertValues(false, true, false);
        link.others("s", "3", false);
        link.others("a", "offline", true);

        availability.assertValues(false, true, false, true, false);
    }

    @Test
    void expire_after_0_never_expires() {
        remote("sensor", "{\"stat_t\":\"s\",\"exp_aft\":0}")
                .availability()
                .test()
                .assertValues(true);
    }

    @Test
    void a_binary_sensor_with_a_delay_goes_off_by_itself_some_time_after_it_was_last_on() {
        RemoteEntity motion = remote("binary_sensor", "{\"stat_t\":\"s\",\"off_dly\":2}");
        TestSubscriber<EntityState> states = motion.states().test();
        link.others("s", "ON", false);
        time.advanceTimeBy(1_900, TimeUnit.MILLISECONDS);
        link.others("s", "ON", false);
        time.advanceTimeBy(1_900, TimeUnit.MILLISECONDS);
        states.assertValues(EntityState.of(true), EntityState.of(true));
        time.advanceTimeBy(100, TimeUnit.MILLISECONDS);
        states.assertValues(EntityState.of(true), EntityState.of(true), EntityState.of(false));
        link.others("s", "ON", false);
        link.others("s", "OFF", false);
        time.advanceTimeBy(10, TimeUnit.SECONDS);

        states.assertValueCount(5);
    }

    @Test
    void an_event_that_is_retained_has_happened_some_time_ago_and_is_ignored() {
        link.others("e", "{\"event_type\":\"ring\",\"n\":1}", true);
        RemoteEntity bell = remote("event", "{\"stat_t\":\"e\",\"evt_typ\":[\"ring\"]}");
        TestSubscriber<EntityState> events = bell.states().test();
        events.assertNoValues();
        link.others("e", "{\"event_type\":\"ring\"}", true);

        events.assertValues(new EntityState.Event("ring", JsonObject.empty()));
    }

    private static final byte[] NO_UTF_8 = {(byte) 0xFF, (byte) 0xD8, 0, (byte) 0xFE, 10};

    @Test
    void images_come_as_the_bytes_that_they_are() {
        BinaryData jpeg = BinaryData.of(NO_UTF_8);
        LiveDevice door = home.device("door", HALL);
        LiveEntity camera = door.add(
                "camera",
                CameraEntity.builder()
                        .uniqueId("camera")
                        .topic(door.topics("camera").stateFilter())
                        .build());
        LiveEntity visitor = door.add(
                "visitor",
                ImageEntity.builder()
                        .uniqueId("visitor")
                        .imageTopic(door.topics("visitor").stateFilter())
                        .imageEncoding(ImageEncoding.B64)
                        .build());
        camera.publish(EntityState.of(jpeg)).blockingAwait();
        visitor.publish(EntityState.of(jpeg)).blockingAwait();

        assertThat(link.retained("alicia/entities/door/camera/state")
                        .orElseThrow()
                        .payload())
                .isEqualTo(jpeg);
        assertThat(link.retained("alicia/entities/door/visitor/state")
                        .orElseThrow()
                        .payload()
                        .toUtf8())
                .isEqualTo("/9gA/go=");
        remote("camera", "{\"t\":\"alicia/entities/door/camera/state\"}")
                .states()
                .test()
                .assertValues(EntityState.of(jpeg));
        assertThatIllegalArgumentException().isThrownBy(() -> camera.publish(EntityState.of("a text")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> door.sensor("s", sensor -> sensor).publish(EntityState.of(jpeg)));
    }

    @Test
    void an_image_in_base_64_that_is_none_is_unknown_and_the_reason_is_told() {
        RemoteEntity image = remote("image", "{\"img_t\":\"i\",\"img_e\":\"b64\"}");
        TestSubscriber<String> unreadable = image.unreadable().test();
        TestSubscriber<EntityState> states = image.states().test();
        link.others("i", "/9gA\n/go=\n", true);
        link.others("i", "/9gA/go", true);

        String reason = "the image is not in Base64: its padding is incorrect";
        states.assertValues(EntityState.of(BinaryData.of(NO_UTF_8)), new EntityState.Unknown(Optional.of(reason)));
        unreadable.assertValues("i: " + reason);
    }

    @Test
    void texts_are_read_and_said_in_the_encoding_of_the_component() {
        BinaryData grad = BinaryData.of(new byte[] {(byte) 0xB0, 'C'});
        RemoteEntity remote =
                remote("text", "{\"cmd_t\":\"x/set\",\"stat_t\":\"x\",\"encoding\":\"latin-1\",\"ret\":true}");
        TestSubscriber<EntityState> states = remote.states().test();
        LiveEntity own = home.device("hall", HALL)
                .add(
                        "own",
                        TextEntity.builder()
                                .uniqueId("own")
                                .encoding("latin-1")
                                .commandTopic(TopicName.of("x/set"))
                                .stateTopic(TopicFilter.of("x"))
                                .build());
        TestSubscriber<EntityCommand> commands = own.commands().test();
        own.publish(EntityState.of("°C")).blockingAwait();
        remote.send(new EntityCommand.SetText("°C")).blockingAwait();

        assertThat(link.retained("x").orElseThrow().payload()).isEqualTo(grad);
        assertThat(link.retained("x/set").orElseThrow().payload()).isEqualTo(grad);
        states.assertValues(EntityState.of("°C"));
        commands.assertValues(new EntityCommand.SetText("°C"));
        remote.send(new EntityCommand.SetText("→"))
                .test()
                .assertError(failure -> "there is no way to say \"→\" in latin-1".equals(failure.getMessage()));
    }

    @Test
    void a_payload_that_is_not_in_its_encoding_is_unreadable_and_the_reason_is_told() {
        assertUnreadable("", "s: the payload is not in utf-8");
        assertUnreadable(",\"encoding\":\"ascii\"", "s: the payload is not in ascii");
        assertUnreadable(",\"encoding\":\"\"", "s: with the encoding \"\" payloads are bytes and no text");
        assertUnreadable(",\"encoding\":\"klingon\"", "s: the encoding klingon is not known here");
    }

    private void assertUnreadable(String option, String reason) {
        link.others("homeassistant/sensor/x/config", "", true);
        RemoteEntity sensor = remote("sensor", "{\"stat_t\":\"s\"" + option + "}");
        TestSubscriber<String> unreadable = sensor.unreadable().test();
        TestSubscriber<EntityState> states = sensor.states().test();
        link.publish(ApplicationMessage.builder()
                        .topic(TopicName.of("s"))
                        .payload(BinaryData.of(NO_UTF_8))
                        .build())
                .blockingAwait();

        states.assertNoValues();
        unreadable.assertValues(reason);
    }

    @Test
    void an_infrared_message_that_is_retained_is_ignored() {
        link.others("i", "{\"timings\":[9000,-4500]}", true);
        RemoteEntity receiver = remote(
                "infrared", "{\"schema\":\"receiver\",\"stat_t\":\"i\",\"dev_cla\":\"receiver\",\"uniq_id\":\"i\"}");
        TestSubscriber<EntityState> heard = receiver.states().test();
        heard.assertNoValues();
        link.others("i", "{\"timings\":[9000,-4500]}", false);

        heard.assertValueCount(1);
    }

    @Test
    void a_date_of_others_that_is_none_is_unknown_and_the_reason_is_told() {
        link.others("homeassistant/sensor/d/config", "{\"stat_t\":\"due\",\"dev_cla\":\"date\"}", true);
        link.others("due", "2026-09-13", true);
        DiscoveredComponent due = ((DiscoveryChange.Appeared) home.discovered().blockingFirst()).component();

        RemoteEntity remote = home.entity(due, TemplateEngine.jinja());
        TestSubscriber<String> unreadable = remote.unreadable().test();
        TestSubscriber<EntityState> states = remote.states().test();
        link.others("due", "soon", false);

        states.assertValues(
                EntityState.of(LocalDate.of(2026, 9, 13)), new EntityState.Unknown(Optional.of("\"soon\" is no date")));
        unreadable.assertValues("due: \"soon\" is no date");
    }

    @Test
    void devices_of_others_appear_change_and_vanish_for_each_who_looks() {
        String part = "{\"stat_t\":\"%1$s\",\"uniq_id\":\"%1$s\",\"dev\":{\"ids\":[\"hall\"]}}";
        link.others("homeassistant/sensor/t/config", part.formatted("t"), true);
        link.others("homeassistant/sensor/alone/config", "{\"stat_t\":\"a\"}", true);

        TestSubscriber<DeviceChange> changes = home.discoveredDevices().test();
        link.others("homeassistant/sensor/h/config", part.formatted("h"), true);
        TestSubscriber<DeviceChange> later = home.discoveredDevices().test();
        link.others("homeassistant/sensor/t/config", "", true);
        link.others("homeassistant/sensor/h/config", "", true);

        assertThat(changes.values())
                .hasExactlyElementsOfTypes(
                        DeviceChange.Appeared.class,
                        DeviceChange.Changed.class,
                        DeviceChange.Changed.class,
                        DeviceChange.Vanished.class);
        assertThat(later.values()).last().isInstanceOf(DeviceChange.Vanished.class);
    }

    @Test
    void knows_whether_others_are_available_as_home_assistant_decides_it() {
        String entity =
                "{\"stat_t\":\"s\",\"avty\":[{\"t\":\"a\"},{\"t\":\"b\",\"pl_avail\":\"1\",\"pl_not_avail\":\"0\","
                        + "\"val_tpl\":\"{{ value_json.up }}\"}]%s}";
        TestSubscriber<Boolean> latest = availability(entity.formatted(""), "latest");
        TestSubscriber<Boolean> all = availability(entity.formatted(",\"avty_mode\":\"all\""), "all");
        TestSubscriber<Boolean> any = availability(entity.formatted(",\"avty_mode\":\"any\""), "any");
        TestSubscriber<Boolean> none = availability("{\"stat_t\":\"s\"}", "none");
        link.others("a", "online", true);
        link.others("b", "{\"up\":0}", true);
        link.others("b", "{\"up\":1}", true);
        link.others("b", "{\"up\":7}", true);
        link.others("a", "offline", true);

        latest.assertValues(false, true, false, true, false);
        all.assertValues(false, true, false);
        any.assertValues(false, true);
        none.assertValues(true);
    }

    private TestSubscriber<Boolean> availability(String config, String id) {
        link.others("homeassistant/sensor/" + id + "/config", config, true);
        return home.discovered()
                .ofType(DiscoveryChange.Appeared.class)
                .filter(appeared -> appeared.component().id().id().equals(id))
                .firstOrError()
                .flatMapPublisher(appeared -> home.entity(appeared.component(), TemplateEngine.jinja())
                        .availability())
                .test();
    }

    @Test
    void orphans_of_an_earlier_life_are_found_and_removed_and_others_left_alone() {
        home.device("hall", HALL).announce().blockingAwait();
        String device = "{\"dev\":{\"ids\":\"x\"},\"o\":{\"name\":\"%s\"},\"cmps\":{}}";
        link.others("homeassistant/device/gone/config", device.formatted("test"), true);
        link.others("homeassistant/device/other/config", device.formatted("somebody else"), true);
        link.others("homeassistant/sensor/gone/config", "{\"stat_t\":\"a\",\"origin\":{\"name\":\"test\"}}", true);
        link.others("homeassistant/sensor/broken/config", "{", true);

        var orphans = home.orphans(Duration.ofSeconds(1)).test();
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        List<Orphan> gone = orphans.values().get(0);
        home.clear(gone).blockingAwait();

        assertThat(gone)
                .extracting(orphan -> orphan.topic().topicName().value())
                .containsExactlyInAnyOrder("homeassistant/device/gone/config", "homeassistant/sensor/gone/config");
        assertThat(link.retained("homeassistant/device/gone/config")).isEmpty();
        assertThat(link.retained("homeassistant/device/other/config")).isPresent();
        assertThat(link.retained(CONFIG)).isPresent();
    }

    @Test
    void an_entity_that_a_device_has_no_more_is_found_and_forgotten_and_the_others_stay() {
        link.others(
                CONFIG,
                "{\"dev\":{\"ids\":[\"hall\"]},\"o\":{\"name\":\"test\"},\"cmps\":{\"lamp\":{\"p\":\"light\",\"cmd_t\":\"a\","
                        + "\"uniq_id\":\"l\"},\"power\":{\"p\":\"sensor\",\"stat_t\":\"b\",\"uniq_id\":\"p\"}}}",
                true);
        TestSubscriber<DiscoveryChange> changes = home.discovered().test();
        LiveDevice hall = home.device("hall", HALL);
        hall.sensor("power", sensor -> sensor.uniqueId("p"));

        var orphans = home.orphans(Duration.ofSeconds(1)).test();
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        link.taken();
        home.clear(orphans.values().get(0)).blockingAwait();

        assertThat(orphans.values().get(0))
                .containsExactly(
                        new Orphan(DiscoveryTopic.of("homeassistant", "device", "hall"), Optional.of("lamp"), "light"));
        assertThat(link.taken())
                .hasSize(2)
                .satisfiesExactly(
                        naming -> assertThat(naming)
                                .contains("\"lamp\":{\"p\":\"light\"}", "\"power\":{\"p\":\"sensor\","),
                        last -> assertThat(last).doesNotContain("lamp"));
        assertThat(changes.values())
                .filteredOn(DiscoveryChange.Vanished.class::isInstance)
                .singleElement()
                .satisfies(change -> assertThat(
                                ((DiscoveryChange.Vanished) change).component().uniqueId())
                        .contains("l"));
    }

    @Test
    void a_device_takes_the_place_of_announcements_of_its_entities_alone() {
        String single = "homeassistant/sensor/power/config";
        link.others(single, "{\"stat_t\":\"a\",\"uniq_id\":\"hall_power\",\"dev\":{\"ids\":[\"hall\"]}}", true);
        TestSubscriber<DiscoveryChange> changes = home.discovered().test();
        LiveDevice hall = home.device("hall", HALL);
        hall.sensor("power", sensor -> sensor);

        hall.announceInPlaceOf(List.of(DiscoveryTopic.of("homeassistant", "sensor", "power")))
                .blockingAwait();

        assertThat(link.retained(single)).isEmpty();
        assertThat(link.retained(CONFIG)).isPresent();
        assertThat(changes.values())
                .as("it is there all the time")
                .noneMatch(DiscoveryChange.Vanished.class::isInstance);
        assertThat(changes.values()).noneMatch(DiscoveryChange.Refused.class::isInstance);
    }

    @Test
    void entities_are_announced_apart_in_place_of_their_device_and_taken_back() {
        link.connect();
        TestSubscriber<DiscoveryChange> changes = home.discovered().test();
        LiveDevice hall = home.device("hall", HALL);
        LiveEntity power = hall.sensor("power", sensor -> sensor.unitOfMeasurement("W"));
        hall.onOff("plug", plug -> plug);
        hall.announce().andThen(power.publish(EntityState.of(5))).blockingAwait();
        link.taken();
        String sensor = "homeassistant/sensor/hall/power/config";
        String plug = "homeassistant/switch/hall/plug/config";

        hall.announceEntitiesApart().blockingAwait();
        List<String> apart = link.taken();
        assertThat(apart)
                .satisfiesExactly(
                        request -> assertThat(request).isEqualTo(CONFIG + " {\"migr_discvry\":true}"),
                        first -> assertThat(first)
                                .isEqualTo(sensor + " {\"stat_t\":\"alicia/entities/hall/power/state\","
                                        + "\"unit_of_meas\":\"W\",\"uniq_id\":\"hall_power\","
                                        + "\"dev\":{\"ids\":[\"hall\"],\"name\":\"Hall\"},\"o\":{\"name\":\"test\"},"
                                        + "\"avty\":[{\"t\":\"clients/test\"}]}"),
                        second -> assertThat(second).startsWith(plug + " {"),
                        removal -> assertThat(removal).isEqualTo(CONFIG + " "));
        link.disconnect();
        link.connect();
        assertThat(link.taken())
                .as("said again as it is now")
                .containsExactly(
                        "clients/test online", apart.get(1), apart.get(2), "alicia/entities/hall/power/state 5");

        hall.announceInPlaceOf(List.of()).blockingAwait();
        assertThat(link.retained(sensor)).isEmpty();
        assertThat(link.retained(plug)).isEmpty();
        assertThat(link.retained(CONFIG)).isPresent();
        assertThat(changes.values())
                .as("they are there all the time")
                .noneMatch(DiscoveryChange.Vanished.class::isInstance)
                .noneMatch(DiscoveryChange.Refused.class::isInstance);
    }

    @Test
    void a_device_announced_apart_is_no_orphan_and_is_removed_whole() {
        LiveDevice hall = home.device("hall", HALL);
        hall.onOff("plug", plug -> plug);
        hall.announceEntitiesApart().blockingAwait();

        var orphans = home.orphans(Duration.ofSeconds(1)).test();
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        orphans.assertValue(List.of());
        hall.remove().blockingAwait();

        assertThat(link.retained("homeassistant/switch/hall/plug/config")).isEmpty();
    }

    @Test
    void the_house_announces_itself_once_for_what_it_shows_at_once_and_again_after_a_restart() {
        MemoryLink houseLink = new MemoryLink();
        houseLink.others("alicia/sensors/hall/temperature", "21.5", true);
        houseLink.others("alicia/sensors/hall/humidity", "40", true);
        houseLink.others("alicia/sensors/attic", "no json", true);
        try (HomeAssistant announcing = HomeAssistant.over(
                houseLink,
                HomeAssistantOptions.builder()
                        .origin(Origin.builder().name("test").build())
                        .announcesHouse(true)
                        .build(),
                time,
                new Random(1))) {
            houseLink.connect();
            houseLink.taken();
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            assertThat(houseLink.taken())
                    .singleElement()
                    .asString()
                    .startsWith("homeassistant/device/alicia_hall/config {\"dev\":{\"ids\":[\"alicia_hall\"]")
                    .contains("\"temperature\":{", "\"humidity\":{");

            houseLink.others("alicia/sensors/hall/temperature", "22", true);
            houseLink.others("homeassistant/status", "online", false);
            houseLink.taken();
            time.advanceTimeBy(6, TimeUnit.SECONDS);
            assertThat(houseLink.taken()).hasSize(1);

            var orphans = announcing.orphans(Duration.ofSeconds(1)).test();
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            orphans.assertValue(List.of());
        }
    }

    @Test
    void a_restart_of_home_assistant_is_answered_with_few_in_flight() {
        for (int d = 0; d < 20; d++) {
            home.device("d" + d, Device.builder().addIdentifiers("d" + d).build())
                    .announce()
                    .blockingAwait();
        }
        link.taken();

        link.connect();
        assertThat(link.taken()).hasSize(21);

        link.hold();
        link.others("homeassistant/status", "online", false);
        time.advanceTimeBy(5, TimeUnit.SECONDS);
        assertThat(link.heldBack()).isEqualTo(8);
    }

    @Test
    void a_state_that_changes_while_a_restart_is_answered_is_not_overwritten_by_the_one_before() {
        MemoryLink slowLink = new MemoryLink();
        try (HomeAssistant slow = HomeAssistant.over(slowLink, atRate(100), time, new Random(1))) {
            LiveDevice hall = slow.device("hall", HALL);
            List<LiveEntity> sensors = new ArrayList<>();
            for (int e = 0; e < 100; e++) {
                sensors.add(hall.sensor("e" + e, builder -> builder));
            }
            hall.announce().blockingAwait();
            sensors.forEach(sensor -> sensor.publish(EntityState.of("old")).blockingAwait());
            slowLink.connect();
            slowLink.others("homeassistant/status", "online", false);
            slowLink.taken();
            List<String> said = new ArrayList<>();
            // Within an answer of one second and some, at any moment of it.
            for (LiveEntity sensor : sensors) {
                sensor.publish(EntityState.of("new")).blockingAwait();
                time.advanceTimeBy(10, TimeUnit.MILLISECONDS);
                said.addAll(slowLink.taken());
            }
            time.advanceTimeBy(10, TimeUnit.SECONDS);
            said.addAll(slowLink.taken());

            assertThat(said).filteredOn(line -> line.endsWith(" old")).hasSizeBetween(1, 99);
            for (int e = 0; e < 100; e++) {
                String state = "alicia/entities/hall/e" + e + "/state";
                assertThat(said.subList(said.indexOf(state + " new"), said.size()))
                        .as("after the new state of sensor %d", e)
                        .doesNotContain(state + " old");
            }
        }
    }

    @Test
    void a_device_that_changes_or_goes_while_a_restart_is_answered_is_not_announced_as_it_was() {
        MemoryLink slowLink = new MemoryLink();
        try (HomeAssistant slow = HomeAssistant.over(slowLink, atRate(200), time, new Random(1))) {
            List<LiveDevice> devices = new ArrayList<>();
            for (int d = 0; d < 40; d++) {
                LiveDevice device = slow.device("d" + d, HALL);
                device.sensor("a", sensor -> sensor);
                device.announce().blockingAwait();
                devices.add(device);
            }
            slowLink.connect();
            slowLink.others("homeassistant/status", "online", false);
            time.advanceTimeBy(60, TimeUnit.MILLISECONDS);
            devices.subList(20, 25).forEach(device -> device.remove().blockingAwait());
            for (LiveDevice device : devices.subList(25, 40)) {
                device.sensor("b", sensor -> sensor);
                device.announce().blockingAwait();
            }
            slowLink.taken();
            time.advanceTimeBy(10, TimeUnit.SECONDS);

            assertThat(slowLink.taken()).hasSize(15).allMatch(line -> line.contains("\"b\":{"));
            for (int d = 20; d < 25; d++) {
                assertThat(slowLink.retained("homeassistant/device/d" + d + "/config"))
                        .as("device %d is removed", d)
                        .isEmpty();
            }
        }
    }

    private static HomeAssistantOptions atRate(int messagesPerSecond) {
        return HomeAssistantOptions.builder()
                .origin(Origin.builder().name("test").build())
                .longestDelay(Duration.ZERO)
                .restartMessagesPerSecond(messagesPerSecond)
                .build();
    }

    @Test
    void one_message_that_is_refused_keeps_nothing_else_from_being_said() {
        List<LiveEntity> sensors = new ArrayList<>();
        for (int d = 0; d < 50; d++) {
            LiveDevice device = home.device("d" + d, HALL);
            sensors.add(device.sensor("s", sensor -> sensor));
            device.announce().blockingAwait();
        }
        sensors.forEach(sensor -> sensor.publish(EntityState.of("1")).blockingAwait());
        link.refuse("clients/test");
        link.refuse("alicia/entities/d5/s/state");
        link.refuse("homeassistant/device/d7/config");
        link.taken();

        link.connect();
        assertThat(link.taken()).as("all but the three").hasSize(98);
        link.others("homeassistant/status", "online", false);
        link.taken();
        time.advanceTimeBy(20, TimeUnit.SECONDS);
        assertThat(link.taken()).as("all but the two").hasSize(98);
    }

    @Test
    void removals_are_all_tried_and_the_one_that_is_refused_is_told() {
        List<DiscoveryTopic> topics = new ArrayList<>();
        for (int s = 0; s < 50; s++) {
            topics.add(DiscoveryTopic.of("homeassistant", "sensor", "s" + s));
            link.others("homeassistant/sensor/s" + s + "/config", "{\"stat_t\":\"a\"}", true);
        }
        link.refuse("homeassistant/sensor/s5/config");
        link.taken();

        home.remove(topics)
                .test()
                .assertError(failure -> "0x87 for homeassistant/sensor/s5/config".equals(failure.getMessage()));
        assertThat(link.taken()).hasSize(49);
    }

    @Test
    void the_rest_of_the_house_is_announced_when_one_device_of_it_is_refused() {
        MemoryLink houseLink = new MemoryLink();
        try (HomeAssistant announcing = announcingHouse(houseLink)) {
            assertThat(announcing).isNotNull();
            houseLink.refuse("homeassistant/device/alicia_s5/config");
            for (int s = 0; s < 50; s++) {
                houseLink.others("alicia/sensors/s" + s + "/temperature", "21.5", false);
            }
            houseLink.taken();
            time.advanceTimeBy(1, TimeUnit.SECONDS);

            assertThat(houseLink.taken()).hasSize(49);
        }
    }

    private HomeAssistant announcingHouse(MemoryLink houseLink) {
        return HomeAssistant.over(
                houseLink,
                HomeAssistantOptions.builder()
                        .origin(Origin.builder().name("test").build())
                        .announcesHouse(true)
                        .build(),
                time,
                new Random(1));
    }

    @Test
    void what_the_house_announced_in_an_earlier_life_is_no_orphan_as_long_as_it_may_only_be_silent() {
        MemoryLink houseLink = new MemoryLink();
        try (HomeAssistant earlier = announcingHouse(houseLink)) {
            houseLink.others("alicia/sensors/hall/temperature", "21.5", false);
            houseLink.others("alicia/sensors/attic/temperature", "12", false);
            houseLink.others("alicia/sensors/attic/humidity", "60", false);
            earlier.device("boiler", HALL).announce().blockingAwait();
            time.advanceTimeBy(1, TimeUnit.SECONDS);
        }
        try (HomeAssistant later = announcingHouse(houseLink)) {
            assertThat(found(later.orphans(Duration.ofSeconds(1))))
                    .extracting(orphan -> orphan.topic().objectId())
                    .containsExactly("boiler");
            assertThat(found(later.silent(Duration.ofSeconds(1))))
                    .extracting(orphan -> orphan.topic().objectId())
                    .containsExactlyInAnyOrder("alicia_hall", "alicia_attic");

            houseLink.refuse("homeassistant/device/alicia_attic/config");
            houseLink.others("alicia/sensors/attic/temperature", "12", false);
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            List<Orphan> silent = found(later.silent(Duration.ofSeconds(1)));
            assertThat(silent)
                    .extracting(orphan -> orphan.topic().objectId(), Orphan::componentId)
                    .containsExactlyInAnyOrder(
                            tuple("alicia_hall", Optional.empty()), tuple("alicia_attic", Optional.of("humidity")));
            assertThat(found(later.orphans(Duration.ofSeconds(1)))).hasSize(1);

            houseLink.takeAgain();
            houseLink.taken();
            later.clear(silent).blockingAwait();
            assertThat(houseLink.retained("homeassistant/device/alicia_hall/config"))
                    .isEmpty();
            assertThat(houseLink.taken())
                    .filteredOn(line -> line.contains("alicia_attic"))
                    .satisfiesExactly(
                            naming ->
                                    assertThat(naming).contains("\"humidity\":{\"p\":\"sensor\"}", "\"temperature\":{"),
                            last -> assertThat(last).doesNotContain("humidity"));
        }
    }

    @Test
    void a_service_of_the_house_that_has_said_nothing_yet_is_no_orphan() {
        MemoryLink houseLink = new MemoryLink();
        try (HomeAssistant earlier = announcingHouse(houseLink)) {
            houseLink.others(
                    "alicia/system/discovery/register",
                    "{\"message_id\":\"a\",\"payload\":{\"service_name\":\"tts\",\"status\":\"online\",\"version\":\"1.0.0\"}}",
                    false);
            earlier.device("boiler", HALL).announce().blockingAwait();
            time.advanceTimeBy(1, TimeUnit.SECONDS);
        }
        try (HomeAssistant later = announcingHouse(houseLink)) {
            assertThat(found(later.orphans(Duration.ofSeconds(1))))
                    .extracting(orphan -> orphan.topic().objectId())
                    .containsExactly("boiler");
            assertThat(found(later.silent(Duration.ofSeconds(1))))
                    .extracting(orphan -> orphan.topic().objectId())
                    .containsExactly("alicia_service_tts");
        }
    }

    private List<Orphan> found(Single<List<Orphan>> search) {
        var found = search.test();
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        return found.values().get(0);
    }

    @Test
    void an_entity_with_the_unique_id_of_another_devices_entity_is_refused_until_that_is_gone() {
        LiveDevice hall = home.device("hall", HALL);
        hall.sensor("a_b", sensor -> sensor);
        LiveDevice hallA = home.device("hall_a", HALL);

        assertThatExceptionOfType(InvalidComponentException.class)
                .isThrownBy(() -> hallA.sensor("b", sensor -> sensor))
                .withMessage("the device hall has a sensor a_b with the unique_id hall_a_b already, so that b of hall_a"
                        + " would be refused");
        assertThat(hallA.onOff("b", plug -> plug)).as("another component").isNotNull();
        assertThat(hallA.sensor("c", sensor -> sensor.uniqueId("other"))).isNotNull();
        hall.remove().blockingAwait();
        assertThat(hallA.sensor("d", sensor -> sensor.uniqueId("hall_a_b"))).isNotNull();
    }

    @Test
    void an_entity_with_an_availability_of_its_own_is_gone_when_its_client_is() {
        LiveDevice hall = home.device("hall", HALL);
        hall.sensor("list", sensor -> sensor.addAvailability(Availability.of(TopicFilter.of("probe/online"))));
        hall.sensor(
                "single",
                sensor -> sensor.availabilityTopic(TopicFilter.of("probe/state"))
                        .payloadAvailable("1")
                        .payloadNotAvailable("0")
                        .availabilityTemplate(Template.jsonField("up")));
        hall.announce().blockingAwait();
        link.connect();
        String config = link.retained(CONFIG).orElseThrow().payload().toUtf8();
        TestSubscriber<Boolean> list = availabilityOf("hall_list");
        TestSubscriber<Boolean> single = availabilityOf("hall_single");
        link.others("probe/online", "online", true);
        link.others("probe/state", "{\"up\":1}", true);
        link.others("clients/test", "offline", true);

        assertThat(config)
                .contains(
                        "\"avty\":[{\"t\":\"probe/online\"},{\"t\":\"clients/test\"}],\"avty_mode\":\"all\"",
                        "\"avty\":[{\"t\":\"probe/state\",\"pl_avail\":\"1\",\"pl_not_avail\":\"0\","
                                + "\"val_tpl\":\"{{ value_json.up }}\"},{\"t\":\"clients/test\"}],\"avty_mode\":\"all\"");
        list.assertValues(false, true, false);
        single.assertValues(false, true, false);
    }

    private TestSubscriber<Boolean> availabilityOf(String uniqueId) {
        return home.discovered()
                .ofType(DiscoveryChange.Appeared.class)
                .filter(appeared ->
                        appeared.component().uniqueId().filter(uniqueId::equals).isPresent())
                .firstOrError()
                .flatMapPublisher(appeared -> home.entity(appeared.component(), TemplateEngine.jinja())
                        .availability())
                .test();
    }

    @Test
    void an_entity_keeps_its_own_availability_where_there_is_no_way_to_say_both() {
        LiveDevice hall = home.device("hall", HALL);
        LiveEntity any = hall.sensor(
                "any",
                sensor -> sensor.addAvailability(Availability.of(TopicFilter.of("a")))
                        .addAvailability(Availability.of(TopicFilter.of("b")))
                        .availabilityMode(AvailabilityMode.ANY));
        LiveEntity own =
                hall.sensor("own", sensor -> sensor.addAvailability(Availability.of(TopicFilter.of("clients/test"))));
        LiveEntity unsaid = hall.sensor(
                "unsaid",
                sensor -> sensor.addAvailability(Availability.of(TopicFilter.of("a")))
                        .addAvailability(Availability.of(TopicFilter.of("b"))));
        LiveEntity single = hall.sensor("single", sensor -> sensor.availabilityTopic(TopicFilter.of("clients/test")));

        assertThat(((SensorEntity) any.component()).availability()).hasSize(2);
        assertThat(((SensorEntity) own.component()).availability()).hasSize(1);
        assertThat(((SensorEntity) unsaid.component()).availability())
                .as("the latest counts where no mode is given")
                .hasSize(2);
        assertThat(((SensorEntity) unsaid.component()).availabilityMode()).isEmpty();
        assertThat(((SensorEntity) single.component()).availability())
                .as("the client's topic is there already")
                .hasSize(1);
    }

    @Test
    void a_restart_of_home_assistant_is_answered_over_some_seconds_when_there_is_much_to_say() {
        MemoryLink slowLink = new MemoryLink();
        try (HomeAssistant slow = HomeAssistant.over(
                slowLink,
                HomeAssistantOptions.builder()
                        .origin(Origin.builder().name("test").build())
                        .restartMessagesPerSecond(100)
                        .build(),
                time,
                new Random(1))) {
            LiveDevice hall = slow.device("hall", HALL);
            for (int e = 0; e < 299; e++) {
                LiveEntity sensor = hall.sensor("e" + e, builder -> builder.unitOfMeasurement("W"));
                sensor.publish(EntityState.of(e)).blockingAwait();
            }
            hall.announce().blockingAwait();
            slowLink.connect();
            slowLink.taken();

            slowLink.others("homeassistant/status", "online", false);
            slowLink.taken();
            List<Integer> perSecond = new ArrayList<>();
            for (int second = 0; second < 10; second++) {
                time.advanceTimeBy(1, TimeUnit.SECONDS);
                perSecond.add(slowLink.taken().size());
            }

            assertThat(perSecond).allMatch(messages -> messages <= 105);
            assertThat(perSecond.stream().mapToInt(Integer::intValue).sum()).isEqualTo(300);
        }
    }
}
