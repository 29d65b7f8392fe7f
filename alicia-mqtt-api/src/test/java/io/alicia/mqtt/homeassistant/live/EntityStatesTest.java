package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.component.ColorMode;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.entity.ClimateState;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.entity.LightState;
import io.alicia.mqtt.homeassistant.entity.LightTint;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.JsonObject;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** States as they go out and as they come in, over a link. */
class EntityStatesTest {

    private final MemoryLink link = new MemoryLink();
    private final HomeAssistant home = HomeAssistant.over(
            link,
            HomeAssistantOptions.builder()
                    .origin(Origin.builder().name("test").build())
                    .build(),
            new TestScheduler(),
            new Random(1));

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void a_light_that_says_its_brightness_alone_says_whether_it_is_on_as_it_last_did() {
        link.connect();
        LiveDevice hall = home.device(
                "hall", Device.builder().addIdentifiers("hall").name("Hall").build());
        LiveEntity lamp = hall.light("lamp", light -> light.brightness(true));
        LightState dimmed = LightState.builder().brightness(Brightness.FULL).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> lamp.publish(dimmed))
                .withMessageContaining("does not say whether the light is on");
        lamp.publish(LightState.builder().on(true).build()).blockingAwait();
        link.taken();
        lamp.publish(dimmed).blockingAwait();

        assertThat(link.taken())
                .containsExactly("alicia/entities/hall/lamp/state {\"state\":\"ON\",\"brightness\":255}");
    }

    @Test
    void what_a_light_last_said_is_what_was_sent_last_and_not_what_was_built_last() {
        link.connect();
        LiveDevice hall = home.device(
                "hall", Device.builder().addIdentifiers("hall").name("Hall").build());
        LiveEntity lamp = hall.light("lamp", light -> light.brightness(true));
        Completable on = lamp.publish(LightState.builder().on(true).build());
        Completable off = lamp.publish(LightState.builder().on(false).build());
        Completable dimmed =
                lamp.publish(LightState.builder().brightness(Brightness.FULL).build());
        off.blockingAwait();
        on.blockingAwait();
        link.taken();

        dimmed.blockingAwait();

        assertThat(link.taken())
                .containsExactly("alicia/entities/hall/lamp/state {\"state\":\"ON\",\"brightness\":255}");
    }

    @Test
    void a_command_that_is_kept_reaches_a_device_that_wants_such_ones_alone() {
        link.connect();
        LiveDevice hall = home.device(
                "hall", Device.builder().addIdentifiers("hall").name("Hall").build());
        LiveEntity awake = hall.onOff("awake", plug -> plug);
        LiveEntity asleep = hall.onOff("asleep", plug -> plug.retain(true));
        link.others("alicia/entities/hall/awake/set", "ON", true);
        link.others("alicia/entities/hall/asleep/set", "ON", true);

        awake.commands().test().assertEmpty();
        asleep.commands().test().assertValues(new EntityCommand.Switch(true));
    }

    @Test
    void a_reader_gets_what_can_be_read_and_hears_why_the_rest_cannot() {
        link.connect();
        link.others(
                "homeassistant/climate/room/config",
                "{\"mode_state_topic\":\"room\",\"mode_state_template\":\"{{ value_json.mode }}\","
                        + "\"current_temperature_topic\":\"room\","
                        + "\"current_temperature_template\":\"{{ value_json.t | float }}\"}",
                true);
        RemoteEntity room = home.discovered()
                .ofType(DiscoveryChange.Appeared.class)
                .map(appeared -> home.entity(appeared.component(), TemplateEngine.jinja()))
                .blockingFirst();
        TestSubscriber<String> unreadable = room.unreadable().test();
        TestSubscriber<EntityState> states = room.states().test();

        link.others("room", "{\"mode\":\"heat\"}", false);

        assertThat(states.values())
                .singleElement()
                .isInstanceOfSatisfying(
                        ClimateState.class, state -> assertThat(state.mode()).isPresent());
        assertThat(unreadable.values())
                .singleElement()
                .asString()
                .startsWith("room: cannot evaluate")
                .contains("value_json.t");
    }

    @Test
    void a_trigger_whose_payload_is_no_template_never_fires_and_others_go_on() {
        link.connect();
        String trigger = "{\"atype\":\"trigger\",\"type\":\"press\",\"stype\":\"b\",\"t\":\"button\",\"pl\":\"%s\","
                + "\"dev\":{\"ids\":\"button\"}}";
        link.others("homeassistant/device_automation/broken/config", trigger.formatted("{{ x"), true);
        link.others("homeassistant/device_automation/sound/config", trigger.formatted("single"), true);
        TestSubscriber<EntityState> fired = home.discovered()
                .ofType(DiscoveryChange.Appeared.class)
                .map(appeared -> home.entity(appeared.component(), TemplateEngine.jinja()))
                .flatMap(RemoteEntity::states)
                .test();

        link.others("button", "{{ x", false);
        link.others("button", "single", false);

        fired.assertValues(EntityState.of("single")).assertNotComplete().assertNoErrors();
    }

    @Test
    void a_white_is_as_bright_as_it_says_whatever_the_brightness_was() {
        link.connect();
        LiveDevice hall = home.device(
                "hall", Device.builder().addIdentifiers("hall").name("Hall").build());
        LiveEntity lamp = hall.light(
                "lamp", light -> light.brightness(true).supportedColorModes(List.of(ColorMode.RGB, ColorMode.WHITE)));
        lamp.publish(LightState.builder()
                        .on(true)
                        .tint(new LightTint.Rgb(1, 2, 3))
                        .brightness(new Brightness(100))
                        .build())
                .blockingAwait();
        lamp.publish(LightState.builder().brightness(new Brightness(9)).build()).blockingAwait();
        link.taken();

        lamp.publish(LightState.builder()
                        .tint(new LightTint.White(new Brightness(200)))
                        .build())
                .blockingAwait();

        assertThat(link.taken())
                .containsExactly("alicia/entities/hall/lamp/state "
                        + "{\"state\":\"ON\",\"white\":200,\"brightness\":200,\"color_mode\":\"white\"}");
    }

    @Test
    void a_tracker_says_where_it_is_in_its_attributes() {
        link.connect();
        link.others("homeassistant/device_tracker/car/config", "{\"json_attributes_topic\":\"car\"}", true);
        RemoteEntity car = home.discovered()
                .ofType(DiscoveryChange.Appeared.class)
                .map(appeared -> home.entity(appeared.component(), TemplateEngine.jinja()))
                .blockingFirst();
        TestSubscriber<EntityState> states = car.states().test();
        TestSubscriber<JsonObject> attributes = car.attributes().test();
        TestSubscriber<String> unreadable = car.unreadable().test();

        link.others("car", "{\"latitude\":52.5,\"longitude\":13.4}", false);
        link.others("car", "{\"fuel\":3}", false);
        link.others("car", "far", false);

        states.assertValues(new EntityState.Position(52.5, 13.4, 0));
        assertThat(attributes.values())
                .extracting(JsonObject::toString)
                .containsExactly("{\"latitude\":52.5,\"longitude\":13.4}", "{\"fuel\":3}");
        unreadable.assertValues("car: the attributes are no JSON object");
    }
}
