package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.DiscoveryChange.Appeared;
import io.alicia.mqtt.homeassistant.DiscoveryChange.Vanished;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The house as it announces itself, and what of it is an orphan. */
class HouseAnnouncementTest extends HomeAssistantFixture {

    private static final Duration SETTLING = Duration.ofSeconds(1);

    @Test
    void the_house_announces_itself_once_for_what_it_shows_at_once_and_again_after_a_restart() {
        MemoryLink houseLink = new MemoryLink();
        houseLink.others("alicia/sensors/hall/temperature", "21.5", true);
        houseLink.others("alicia/sensors/hall/humidity", "40", true);
        houseLink.others("alicia/sensors/attic", "no json", true);
        try (HomeAssistant announcing = announcingHouse(houseLink)) {
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

            var orphans = announcing.orphans(SETTLING).test();
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            orphans.assertValue(List.of());
        }
    }

    @Test
    void what_the_house_has_no_more_is_named_with_its_platform_before_it_is_left_out() {
        MemoryLink houseLink = new MemoryLink();
        try (HomeAssistant announcing = announcingHouse(houseLink)) {
            assertThat(announcing).isNotNull();
            houseLink.others("alicia/sensors/bath/temperature", "21.5", true);
            houseLink.others("alicia/sensors/bath/humidity", "45", true);
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            houseLink.taken();

            houseLink.others("alicia/sensors/bath/temperature", "", true);
            houseLink.taken();
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            assertThat(houseLink.taken())
                    .satisfiesExactly(
                            naming ->
                                    assertThat(naming).contains("\"temperature\":{\"p\":\"sensor\"}", "\"humidity\":{"),
                            last -> assertThat(last).contains("\"humidity\":{").doesNotContain("temperature"));

            houseLink.others("homeassistant/status", "online", false);
            houseLink.taken();
            time.advanceTimeBy(6, TimeUnit.SECONDS);
            assertThat(houseLink.taken()).as("named once").hasSize(1).noneMatch(line -> line.contains("temperature"));

            houseLink.others("alicia/sensors/bath/humidity", "", true);
            houseLink.taken();
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            assertThat(houseLink.taken())
                    .as("the last of it takes the device with it")
                    .containsExactly("homeassistant/device/alicia_bath/config ");
        }
    }

    @Test
    void what_becomes_another_component_is_taken_from_home_assistant_as_what_it_was() {
        MemoryLink houseLink = new MemoryLink();
        try (HomeAssistant announcing = announcingHouse(houseLink)) {
            List<DiscoveryChange> seen = new ArrayList<>();
            Disposable reading = announcing.discovered().subscribe(seen::add);
            houseLink.others("alicia/sensors/bath/motion", "1", true);
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            seen.clear();
            houseLink.taken();

            houseLink.others("alicia/sensors/bath/motion", "12", true);
            houseLink.taken();
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            assertThat(houseLink.taken())
                    .satisfiesExactly(
                            naming -> assertThat(naming).contains("\"motion\":{\"p\":\"binary_sensor\"}"),
                            last -> assertThat(last).contains("\"motion\":{\"p\":\"sensor\","));
            assertThat(seen).hasExactlyElementsOfTypes(Vanished.class, Appeared.class);
            reading.dispose();
        }
    }

    @Test
    void what_the_server_did_not_take_is_named_again_the_next_time() {
        MemoryLink houseLink = new MemoryLink();
        try (HomeAssistant announcing = announcingHouse(houseLink)) {
            assertThat(announcing).isNotNull();
            houseLink.others("alicia/sensors/bath/temperature", "21.5", true);
            houseLink.others("alicia/sensors/bath/humidity", "45", true);
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            houseLink.refuse("homeassistant/device/alicia_bath/config");
            houseLink.others("alicia/sensors/bath/temperature", "", true);
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            houseLink.taken();

            houseLink.takeAgain();
            houseLink.connect();
            assertThat(houseLink.taken())
                    .satisfiesExactly(
                            naming -> assertThat(naming).contains("\"temperature\":{\"p\":\"sensor\"}"),
                            last -> assertThat(last).doesNotContain("temperature"));
        }
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
            assertThat(ids(later.orphans(SETTLING))).containsExactly("boiler");
            assertThat(ids(later.silent(SETTLING))).containsExactlyInAnyOrder("alicia_hall", "alicia_attic");

            houseLink.refuse("homeassistant/device/alicia_attic/config");
            houseLink.others("alicia/sensors/attic/temperature", "12", false);
            time.advanceTimeBy(1, TimeUnit.SECONDS);
            List<Orphan> silent = found(later.silent(SETTLING));
            assertThat(silent)
                    .extracting(orphan -> orphan.topic().objectId(), Orphan::componentId)
                    .containsExactlyInAnyOrder(
                            tuple("alicia_hall", Optional.empty()), tuple("alicia_attic", Optional.of("humidity")));
            assertThat(found(later.orphans(SETTLING))).hasSize(1);

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
            assertThat(ids(later.orphans(SETTLING))).containsExactly("boiler");
            assertThat(ids(later.silent(SETTLING))).containsExactly("alicia_service_tts");
        }
    }

    private List<String> ids(Single<List<Orphan>> orphans) {
        return found(orphans).stream().map(orphan -> orphan.topic().objectId()).toList();
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
}
