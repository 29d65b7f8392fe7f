package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.component.Availability;
import io.alicia.mqtt.homeassistant.component.AvailabilityMode;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is there: clients with their will and birth, and entities with topics of their own. */
class AvailabilityTest extends HomeAssistantFixture {

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
}
