package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.entity.LightState;
import io.alicia.mqtt.homeassistant.entity.LightTint;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is said again when a client connects, and when Home Assistant has come up. */
class RestartTest extends HomeAssistantFixture {

    @Test
    void home_assistant_may_be_set_to_say_something_else_when_it_has_come_up() {
        MemoryLink other = new MemoryLink();
        HomeAssistantOptions set = HomeAssistantOptions.builder()
                .from(options)
                .statusTopic(TopicName.of("ha/state"))
                .statusOnline("up")
                .statusOffline("down")
                .build();
        try (HomeAssistant announcing = HomeAssistant.over(other, set, time, new Random(1))) {
            TestSubscriber<Boolean> status = announcing.status().test();
            announcing.device("hall", HALL).announce().blockingAwait();
            other.taken();

            other.others("ha/state", "online", false);
            other.others("ha/state", "down", false);
            other.others("ha/state", "up", false);
            time.advanceTimeBy(6, TimeUnit.SECONDS);

            assertThat(other.taken()).anyMatch(line -> line.startsWith(CONFIG));
            status.assertValues(false, true);
        }
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
    void a_light_has_the_colour_that_it_had_before_home_assistant_came_up() {
        LiveDevice hall = home.device("hall", HALL);
        LiveEntity lamp = hall.add("lamp", colouredLamp());
        hall.announce().blockingAwait();
        link.connect();
        lamp.publish(coloured(new LightTint.Rgb(9, 9, 9))).blockingAwait();
        lamp.publish(coloured(new LightTint.Temperature(3000))).blockingAwait();
        lamp.publish(coloured(new LightTint.Rgb(2, 2, 2))).blockingAwait();
        link.others("homeassistant/status", "online", false);
        link.taken();

        time.advanceTimeBy(20, TimeUnit.SECONDS);

        assertThat(link.taken())
                .filteredOn(line -> line.startsWith("lamp/"))
                .hasSize(3)
                .containsSubsequence("lamp/kelvin 3000", "lamp/rgb 2,2,2");
    }

    @Test
    void a_light_that_changes_its_colour_while_it_is_said_again_has_the_new_one_in_the_end() {
        MemoryLink slowLink = new MemoryLink();
        try (HomeAssistant slow = HomeAssistant.over(slowLink, atRate(20), time, new Random(1))) {
            LiveDevice hall = slow.device("hall", HALL);
            LiveEntity lamp = hall.add("lamp", colouredLamp());
            hall.announce().blockingAwait();
            lamp.publish(coloured(new LightTint.Rgb(2, 2, 2))).blockingAwait();
            lamp.publish(coloured(new LightTint.Temperature(3000))).blockingAwait();
            slowLink.connect();
            slowLink.others("homeassistant/status", "online", false);
            slowLink.taken();

            time.advanceTimeBy(60, TimeUnit.MILLISECONDS);
            assertThat(slowLink.taken())
                    .as("it has begun")
                    .isNotEmpty()
                    .noneMatch(line -> line.startsWith("lamp/kelvin"));
            lamp.publish(coloured(new LightTint.Rgb(7, 7, 7))).blockingAwait();
            time.advanceTimeBy(20, TimeUnit.SECONDS);

            assertThat(slowLink.taken())
                    .filteredOn(line -> line.startsWith("lamp/rgb") || line.startsWith("lamp/kelvin"))
                    .contains("lamp/kelvin 3000")
                    .last()
                    .isEqualTo("lamp/rgb 7,7,7");
        }
    }

    private static Component colouredLamp() {
        return BasicLightEntity.builder()
                .uniqueId("lamp")
                .commandTopic(TopicName.of("lamp/set"))
                .stateTopic(TopicFilter.of("lamp/state"))
                .rgbCommandTopic(TopicName.of("lamp/rgb/set"))
                .rgbStateTopic(TopicFilter.of("lamp/rgb"))
                .colorTempKelvin(true)
                .colorTempCommandTopic(TopicName.of("lamp/kelvin/set"))
                .colorTempStateTopic(TopicFilter.of("lamp/kelvin"))
                .build();
    }

    private static LightState coloured(LightTint tint) {
        return LightState.builder().on(true).tint(tint).build();
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

    private static HomeAssistantOptions atRate(int messagesPerSecond) {
        return HomeAssistantOptions.builder()
                .origin(Origin.builder().name("test").build())
                .longestDelay(Duration.ZERO)
                .restartMessagesPerSecond(messagesPerSecond)
                .build();
    }
}
