package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Announcements of an earlier life, and those that take the place of others. */
class OrphansTest extends HomeAssistantFixture {

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
    void what_orphans_alone_have_said_is_taken_back_with_them() {
        String own = "alicia/entities/%s/state";
        String device = "{\"dev\":{\"ids\":\"x\"},\"o\":{\"name\":\"test\"},\"cmps\":{%s}}";
        link.others(
                "homeassistant/device/gone/config",
                device.formatted(part("power", own.formatted("gone/power")) + "," + part("shared", "somebody/elses")
                        + "," + part("read", own.formatted("gone/read"))),
                true);
        link.others("homeassistant/device/hall/config", device.formatted(part("old", own.formatted("hall/old"))), true);
        link.others(
                "homeassistant/sensor/apart/volts/config",
                "{\"stat_t\":\"" + own.formatted("apart/volts") + "\",\"uniq_id\":\"v\",\"o\":{\"name\":\"test\"}}",
                true);
        link.others(
                "homeassistant/sensor/reader/config",
                "{\"stat_t\":\"" + own.formatted("gone/read") + "\",\"uniq_id\":\"r\"}",
                true);
        List<String> orphaned = List.of("gone/power", "hall/old", "apart/volts");
        List<String> kept = List.of(own.formatted("gone/read"), own.formatted("hall/new"), "somebody/elses");
        orphaned.forEach(id -> link.others(own.formatted(id), "1", true));
        kept.forEach(topic -> link.others(topic, "1", true));
        home.device("hall", HALL).sensor("new", sensor -> sensor);

        List<Orphan> gone = found(home.orphans(Duration.ofSeconds(1)));
        home.clear(gone).blockingAwait();

        assertThat(gone).hasSize(3);
        assertThat(orphaned)
                .allSatisfy(id -> assertThat(link.retained(own.formatted(id))).isEmpty());
        assertThat(kept).allSatisfy(topic -> assertThat(link.retained(topic)).isPresent());
    }

    @Test
    void what_an_orphan_has_said_stays_where_an_entity_has_its_topic_by_now() {
        String state = "alicia/entities/gone/power/state";
        link.others(
                "homeassistant/device/gone/config",
                "{\"dev\":{\"ids\":\"x\"},\"o\":{\"name\":\"test\"},\"cmps\":{" + part("power", state) + "}}",
                true);
        link.others(state, "1", true);
        List<Orphan> gone = found(home.orphans(Duration.ofSeconds(1)));

        home.device("gone", HALL).sensor("power", sensor -> sensor);
        home.clear(gone).blockingAwait();

        assertThat(link.retained(state)).isPresent();
    }

    private static String part(String id, String state) {
        return "\"%s\":{\"p\":\"sensor\",\"stat_t\":\"%s\",\"uniq_id\":\"%s\"}".formatted(id, state, id);
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
}
