package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.EventEntity;
import io.alicia.mqtt.homeassistant.component.InvalidComponentException;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.entity.LightCommand;
import io.alicia.mqtt.homeassistant.entity.LightState;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a client announces of its own entities, and what it says of them. */
class AnnouncingTest extends HomeAssistantFixture {

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
}
