package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.homeassistant.check.CheckResult;
import io.alicia.mqtt.homeassistant.check.DiscoveryChecker;
import io.alicia.mqtt.homeassistant.check.Verdict;
import io.alicia.mqtt.homeassistant.component.Availability;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.topic.TopicFilter;
import org.junit.jupiter.api.Test;

/** What makes no entity, beside entities that are available as long as their client is there. */
class TriggersTest extends HomeAssistantFixture {

    private final LiveDevice hall = home.device("hall", HALL);

    @Test
    void triggers_and_tags_stand_beside_entities_each_of_which_has_the_availability_of_its_client() {
        hall.trigger("press", "button_short_press", "button_1", trigger -> trigger);
        hall.tagScanner("tags", scanner -> scanner);
        hall.sensor("power", sensor -> sensor);
        hall.add(
                "volts",
                SensorEntity.builder()
                        .uniqueId("volts")
                        .stateTopic(TopicFilter.of("v"))
                        .addAvailability(Availability.of(TopicFilter.of("v/there")))
                        .build());
        hall.announce().blockingAwait();

        String said = link.retained(CONFIG).orElseThrow().payload().toUtf8();
        CheckResult result = DiscoveryChecker.create().check(CONFIG, said);
        assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(result.dropped())
                .as("nothing but the origin, which is the device's")
                .containsOnly("origin");
        assertThat(said)
                .contains(
                        "\"press\":{\"p\":\"device_automation\",\"atype\":\"trigger\",\"stype\":\"button_1\","
                                + "\"t\":\"alicia/entities/hall/press/state\",\"type\":\"button_short_press\"}",
                        "\"tags\":{\"p\":\"tag\",\"t\":\"alicia/entities/hall/tags/state\"}",
                        "\"power\":{\"p\":\"sensor\",\"stat_t\":\"alicia/entities/hall/power/state\","
                                + "\"avty\":[{\"t\":\"clients/test\"}],\"uniq_id\":\"hall_power\"}",
                        "\"avty\":[{\"t\":\"v/there\"},{\"t\":\"clients/test\"}],\"avty_mode\":\"all\"")
                .doesNotEndWith("\"avty\":[{\"t\":\"clients/test\"}]}");
    }

    @Test
    void a_trigger_happens_and_is_not_kept() {
        LiveEntity press = hall.trigger("press", "button_short_press", "button_1", trigger -> trigger.payload("short"));
        hall.announceEntitiesApart().blockingAwait();
        link.taken();

        press.publish(EntityState.of("short")).blockingAwait();

        assertThat(link.taken()).containsExactly("alicia/entities/hall/press/state short");
        assertThat(link.retained("alicia/entities/hall/press/state")).isEmpty();
        assertThat(link.retained("homeassistant/device_automation/hall/press/config"))
                .hasValueSatisfying(message -> assertThat(message.payload().toUtf8())
                        .contains("\"dev\":{")
                        .doesNotContain("avty"));
    }
}
