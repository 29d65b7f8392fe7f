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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The house as it announces itself, and what of it is an orphan. */
class HouseAnnouncementTest extends HomeAssistantFixture {

    private static final Duration SETTLING = Duration.ofSeconds(1);

    private final MemoryLink houseLink = new MemoryLink();
    private HomeAssistant house = announcing();

    private HomeAssistant announcing() {
        return HomeAssistant.over(
                houseLink,
                HomeAssistantOptions.builder()
                        .origin(Origin.builder().name("test").build())
                        .announcesHouse(true)
                        .build(),
                time,
                new Random(1));
    }

    @AfterEach
    void end() {
        house.close();
    }

    /** The client ends, and another one begins with what is retained. */
    private void beginAnew() {
        house.close();
        house = announcing();
    }

    /** A sensor's value, retained. */
    private void keeps(String sensor, String value) {
        houseLink.others("alicia/sensors/" + sensor, value, true);
    }

    /** A sensor's value, for those who hear it. */
    private void says(String sensor, String value) {
        houseLink.others("alicia/sensors/" + sensor, value, false);
    }

    private void restartHomeAssistant() {
        houseLink.others("homeassistant/status", "online", false);
    }

    private void pass(int seconds) {
        time.advanceTimeBy(seconds, TimeUnit.SECONDS);
    }

    private List<String> announcedWithin(int seconds) {
        houseLink.taken();
        pass(seconds);
        return houseLink.taken();
    }

    @Test
    void the_house_announces_itself_once_for_what_it_shows_at_once_and_again_after_a_restart() {
        keeps("hall/temperature", "21.5");
        keeps("hall/humidity", "40");
        keeps("attic", "no json");
        beginAnew();

        houseLink.connect();
        assertThat(announcedWithin(1))
                .singleElement()
                .asString()
                .startsWith("homeassistant/device/alicia_hall/config {\"dev\":{\"ids\":[\"alicia_hall\"]")
                .contains("\"temperature\":{", "\"humidity\":{");

        keeps("hall/temperature", "22");
        restartHomeAssistant();
        assertThat(announcedWithin(6)).hasSize(1);

        assertThat(found(house.orphans(SETTLING))).isEmpty();
    }

    @Test
    void what_the_house_has_no_more_is_named_with_its_platform_before_it_is_left_out() {
        keeps("bath/temperature", "21.5");
        keeps("bath/humidity", "45");
        pass(1);

        keeps("bath/temperature", "");
        assertThat(announcedWithin(1))
                .satisfiesExactly(
                        naming -> assertThat(naming).contains("\"temperature\":{\"p\":\"sensor\"}", "\"humidity\":{"),
                        last -> assertThat(last).contains("\"humidity\":{").doesNotContain("temperature"));

        restartHomeAssistant();
        assertThat(announcedWithin(6)).as("named once").hasSize(1).noneMatch(line -> line.contains("temperature"));

        keeps("bath/humidity", "");
        assertThat(announcedWithin(1))
                .as("the last of it takes the device with it")
                .containsExactly("homeassistant/device/alicia_bath/config ");
    }

    @Test
    void what_becomes_another_component_is_taken_from_home_assistant_as_what_it_was() {
        List<DiscoveryChange> seen = new ArrayList<>();
        Disposable reading = house.discovered().subscribe(seen::add);
        keeps("bath/motion", "1");
        pass(1);
        seen.clear();

        keeps("bath/motion", "12");
        assertThat(announcedWithin(1))
                .satisfiesExactly(
                        naming -> assertThat(naming).contains("\"motion\":{\"p\":\"binary_sensor\"}"),
                        last -> assertThat(last).contains("\"motion\":{\"p\":\"sensor\","));
        assertThat(seen).hasExactlyElementsOfTypes(Vanished.class, Appeared.class);
        reading.dispose();
    }

    @Test
    void what_the_server_did_not_take_is_named_again_the_next_time() {
        keeps("bath/temperature", "21.5");
        keeps("bath/humidity", "45");
        pass(1);
        houseLink.refuse("homeassistant/device/alicia_bath/config");
        keeps("bath/temperature", "");
        pass(1);
        houseLink.taken();

        houseLink.takeAgain();
        houseLink.connect();
        assertThat(houseLink.taken())
                .satisfiesExactly(
                        naming -> assertThat(naming).contains("\"temperature\":{\"p\":\"sensor\"}"),
                        last -> assertThat(last).doesNotContain("temperature"));
    }

    @Test
    void the_rest_of_the_house_is_announced_when_one_device_of_it_is_refused() {
        houseLink.refuse("homeassistant/device/alicia_s5/config");
        for (int s = 0; s < 50; s++) {
            says("s" + s + "/temperature", "21.5");
        }

        assertThat(announcedWithin(1)).hasSize(49);
    }

    @Test
    void what_the_house_announced_in_an_earlier_life_is_no_orphan_as_long_as_it_may_only_be_silent() {
        says("hall/temperature", "21.5");
        says("attic/temperature", "12");
        says("attic/humidity", "60");
        house.device("boiler", HALL).announce().blockingAwait();
        pass(1);
        beginAnew();
        assertThat(ids(house.orphans(SETTLING))).containsExactly("boiler");
        assertThat(ids(house.silent(SETTLING))).containsExactlyInAnyOrder("alicia_hall", "alicia_attic");

        houseLink.refuse("homeassistant/device/alicia_attic/config");
        says("attic/temperature", "12");
        pass(1);
        List<Orphan> silent = found(house.silent(SETTLING));
        assertThat(silent)
                .extracting(orphan -> orphan.topic().objectId(), Orphan::componentId)
                .containsExactlyInAnyOrder(
                        tuple("alicia_hall", Optional.empty()), tuple("alicia_attic", Optional.of("humidity")));
        assertThat(found(house.orphans(SETTLING))).hasSize(1);

        houseLink.takeAgain();
        houseLink.taken();
        house.clear(silent).blockingAwait();
        assertThat(houseLink.retained("homeassistant/device/alicia_hall/config"))
                .isEmpty();
        assertThat(houseLink.taken())
                .filteredOn(line -> line.contains("alicia_attic"))
                .satisfiesExactly(
                        naming -> assertThat(naming).contains("\"humidity\":{\"p\":\"sensor\"}", "\"temperature\":{"),
                        last -> assertThat(last).doesNotContain("humidity"));
    }

    @Test
    void a_service_of_the_house_that_has_said_nothing_yet_is_no_orphan() {
        houseLink.others(
                "alicia/system/discovery/register",
                "{\"message_id\":\"a\",\"payload\":{\"service_name\":\"tts\",\"status\":\"online\",\"version\":\"1.0.0\"}}",
                false);
        house.device("boiler", HALL).announce().blockingAwait();
        pass(1);

        beginAnew();

        assertThat(ids(house.orphans(SETTLING))).containsExactly("boiler");
        assertThat(ids(house.silent(SETTLING))).containsExactly("alicia_service_tts");
    }

    private List<String> ids(Single<List<Orphan>> orphans) {
        return found(orphans).stream().map(orphan -> orphan.topic().objectId()).toList();
    }
}
