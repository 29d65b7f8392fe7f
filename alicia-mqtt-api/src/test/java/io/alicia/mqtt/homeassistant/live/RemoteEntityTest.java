package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.homeassistant.DeviceChange;
import io.alicia.mqtt.homeassistant.DiscoveredComponent;
import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.JsonObject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Entities and devices of others, as they can be used from here. */
class RemoteEntityTest extends HomeAssistantFixture {

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
}
