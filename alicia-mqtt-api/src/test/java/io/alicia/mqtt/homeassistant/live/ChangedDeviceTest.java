package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that is not what it was when it was announced, and what is removed of it. */
class ChangedDeviceTest extends HomeAssistantFixture {

    private static final String STATE = "alicia/entities/hall/%s/state";

    private final LiveDevice hall = home.device("hall", HALL);

    @BeforeEach
    void connect() {
        link.connect();
    }

    private static Component program(String command, String... options) {
        return SelectEntity.builder()
                .uniqueId("hall_program")
                .options(List.of(options))
                .commandTopic(TopicName.of(command))
                .stateTopic(TopicFilter.of(STATE.formatted("program")))
                .build();
    }

    @Test
    void an_update_of_the_firmware_is_said_of_the_device_that_home_assistant_has() {
        hall.sensor("power", sensor -> sensor);
        hall.announce().blockingAwait();
        TestSubscriber<DiscoveryChange> changes = home.discovered().test();

        hall.describe(Device.builder()
                .addIdentifiers("hall")
                .name("Hall")
                .swVersion("2")
                .build());
        hall.announce().blockingAwait();

        assertThat(hall.device().swVersion()).contains("2");
        assertThat(changes.values())
                .satisfiesExactly(
                        appeared -> assertThat(appeared).isInstanceOf(DiscoveryChange.Appeared.class),
                        changed -> assertThat(changed)
                                .isInstanceOfSatisfying(
                                        DiscoveryChange.Changed.class,
                                        change -> assertThat(
                                                        change.after().device().flatMap(Device::swVersion))
                                                .contains("2")));
    }

    @Test
    void an_entity_has_other_options_and_another_topic_and_who_listens_to_it_goes_on() {
        LiveEntity program = hall.add("program", program("a/set", "slow", "fast"));
        TestSubscriber<EntityCommand> commands = program.commands().test();
        hall.announce().blockingAwait();
        program.publish(EntityState.of("slow")).blockingAwait();

        LiveEntity same = hall.replace("program", program("b/set", "slow", "turbo"));
        hall.announce().blockingAwait();
        link.others("a/set", "fast", false);
        link.others("b/set", "turbo", false);
        program.publish(EntityState.of("turbo")).blockingAwait();

        assertThat(same).isSameAs(program);
        assertThat(link.retained(CONFIG))
                .hasValueSatisfying(message ->
                        assertThat(message.payload().toUtf8()).contains("\"ops\":[\"slow\",\"turbo\"]", "b/set"));
        commands.assertValues(new EntityCommand.Select("turbo")).assertNotComplete();
        assertThat(link.retained(STATE.formatted("program")))
                .hasValueSatisfying(
                        message -> assertThat(message.payload().toUtf8()).isEqualTo("turbo"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> program.publish(EntityState.of("fast")))
                .withMessageContaining("fast");
    }

    @Test
    void no_command_is_missed_while_an_entity_gets_other_topics() {
        LiveEntity program = hall.add("program", program("a/set", "slow", "fast"));
        TestSubscriber<EntityCommand> commands = program.commands().test();
        hall.announce().blockingAwait();

        hall.replace("program", program("b/set", "low", "high"));
        link.others("a/set", "fast", false);
        link.others("b/set", "high", false);
        commands.assertValues(new EntityCommand.Select("fast"), new EntityCommand.Select("high"));

        hall.announce().blockingAwait();
        link.others("a/set", "slow", false);
        link.others("b/set", "low", false);
        commands.assertValueCount(3).assertValueAt(2, new EntityCommand.Select("low"));
    }

    @Test
    void an_entity_that_is_changed_twice_before_it_is_announced_hears_on_all_of_its_topics() {
        LiveEntity program = hall.add("program", program("a/set", "slow"));
        TestSubscriber<EntityCommand> commands = program.commands().test();
        hall.announceEntitiesApart().blockingAwait();

        hall.replace("program", program("b/set", "slow"));
        hall.replace("program", program("c/set", "slow"));
        List.of("a/set", "b/set", "c/set").forEach(topic -> link.others(topic, "slow", false));
        commands.assertValueCount(3);

        program.publish(EntityState.of("slow")).blockingAwait();
        List.of("a/set", "b/set", "c/set").forEach(topic -> link.others(topic, "slow", false));
        commands.assertValueCount(4);
    }

    @Test
    void what_an_entity_said_on_a_topic_that_it_has_no_more_is_taken_back_unless_another_one_speaks_there() {
        LiveEntity power = hall.add("power", sensor("power", "p/old"));
        LiveEntity volts = hall.add("volts", sensor("volts", "v/old"));
        hall.announce().blockingAwait();
        power.publish(EntityState.of(1)).blockingAwait();
        volts.publish(EntityState.of(230)).blockingAwait();

        hall.replace("power", sensor("power", "v/old"));
        hall.replace("volts", sensor("volts", "v/new"));
        assertThat(link.retained("p/old")).isPresent();
        hall.announce().blockingAwait();

        assertThat(link.retained("p/old")).isEmpty();
        assertThat(link.retained("v/old")).isPresent();
    }

    private static Component sensor(String id, String topic) {
        return SensorEntity.builder()
                .uniqueId(id)
                .stateTopic(TopicFilter.of(topic))
                .build();
    }

    @Test
    void another_kind_of_entity_is_another_entity() {
        hall.sensor("power", sensor -> sensor);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> hall.replace("power", program("a", "b")))
                .withMessage(
                        "the sensor power of the device hall cannot become a select; remove it and add another one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hall.replace("power", sensor("other", "a")))
                .withMessageStartingWith(
                        "the unique_id of the entity power of the device hall is hall_power and not other");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hall.replace("volts", sensor("volts", "a")))
                .withMessage("the device hall has no entity volts; it has [power]");
    }

    @Test
    void an_entity_that_is_added_later_is_announced_at_the_latest_with_its_first_state() {
        hall.sensor("power", sensor -> sensor);
        hall.announce().blockingAwait();
        LiveEntity late = hall.sensor("late", sensor -> sensor);
        hall.sensor("later", sensor -> sensor);
        link.taken();

        late.publish(EntityState.of(1)).blockingAwait();
        late.publish(EntityState.of(2)).blockingAwait();

        assertThat(link.taken())
                .satisfiesExactly(
                        config -> assertThat(config).startsWith(CONFIG).contains("\"late\":{", "\"later\":{"),
                        one -> assertThat(one).isEqualTo(STATE.formatted("late") + " 1"),
                        two -> assertThat(two).isEqualTo(STATE.formatted("late") + " 2"));
    }

    @Test
    void an_entity_that_is_added_to_a_device_announced_apart_is_announced_alone() {
        hall.sensor("power", sensor -> sensor);
        hall.announceEntitiesApart().blockingAwait();
        LiveEntity late = hall.sensor("late", sensor -> sensor);
        link.taken();

        late.publish(EntityState.of(1)).blockingAwait();

        assertThat(link.taken())
                .satisfiesExactly(
                        config -> assertThat(config).startsWith("homeassistant/sensor/hall/late/config {"),
                        state -> assertThat(state).isEqualTo(STATE.formatted("late") + " 1"));
    }

    @Test
    void a_device_that_nobody_has_announced_stays_so_when_its_entities_speak() {
        hall.sensor("power", sensor -> sensor).publish(EntityState.of(1)).blockingAwait();

        assertThat(link.retained(CONFIG)).isEmpty();
    }

    @Test
    void an_entity_is_removed_and_forgotten_with_its_states_and_the_others_stay() {
        LiveEntity power = hall.sensor("power", sensor -> sensor);
        LiveEntity volts = hall.sensor("volts", sensor -> sensor);
        TestSubscriber<EntityCommand> commands =
                hall.add("program", program("a/set", "slow")).commands().test();
        hall.announce().blockingAwait();
        power.publish(EntityState.of(1)).blockingAwait();
        volts.publish(EntityState.of(230)).blockingAwait();
        TestSubscriber<DiscoveryChange> changes = home.discovered().test();
        link.taken();

        hall.remove("power").andThen(hall.remove("program")).blockingAwait();

        assertThat(link.taken())
                .satisfiesExactly(
                        naming -> assertThat(naming).contains("\"power\":{\"p\":\"sensor\"}", "\"volts\":{\"p\""),
                        without -> assertThat(without).doesNotContain("power").contains("volts", "program"),
                        state -> assertThat(state).isEqualTo(STATE.formatted("power") + " "),
                        naming -> assertThat(naming).contains("\"program\":{\"p\":\"select\"}"),
                        without -> assertThat(without).doesNotContain("program"),
                        state -> assertThat(state).isEqualTo(STATE.formatted("program") + " "));
        assertThat(changes.values())
                .filteredOn(DiscoveryChange.Vanished.class::isInstance)
                .hasSize(2);
        assertThat(link.retained(STATE.formatted("volts"))).isPresent();
        commands.assertComplete();
        assertThatIllegalStateException()
                .isThrownBy(() -> power.publish(EntityState.of(2)))
                .withMessage("the entity power of the device hall has been removed");
        assertThat(hall.sensor("power", sensor -> sensor)).isNotSameAs(power);
    }

    @Test
    void an_entity_that_was_changed_and_not_announced_since_is_removed_all_the_same() {
        hall.add("program", program("a/set", "slow"));
        hall.announce().blockingAwait();
        hall.replace("program", program("a/set", "slow", "fast"));
        TestSubscriber<DiscoveryChange> changes = home.discovered().test();

        hall.remove("program").blockingAwait();

        assertThat(changes.values()).anyMatch(DiscoveryChange.Vanished.class::isInstance);
    }

    @Test
    void an_entity_of_a_device_announced_apart_is_removed_from_its_own_topic() {
        hall.sensor("power", sensor -> sensor);
        hall.sensor("volts", sensor -> sensor);
        hall.announceEntitiesApart().blockingAwait();

        hall.remove("power").blockingAwait();

        assertThat(link.retained("homeassistant/sensor/hall/power/config")).isEmpty();
        assertThat(link.retained("homeassistant/sensor/hall/volts/config")).isPresent();
    }

    @Test
    void a_removed_device_leaves_no_state_behind_and_does_nothing_more() {
        LiveEntity power = hall.sensor("power", sensor -> sensor);
        LiveEntity shared = hall.add("shared", sensor("shared", "somebody/elses"));
        hall.sensor("quiet", sensor -> sensor);
        hall.announce().blockingAwait();
        power.publish(EntityState.of(1)).blockingAwait();
        link.others(STATE.formatted("quiet"), "of an earlier life", true);
        link.others("somebody/elses", "7", true);
        // Built before, subscribed to behind it.
        var late = power.publish(EntityState.of(3));

        hall.remove().andThen(hall.remove()).blockingAwait();
        link.taken();

        assertThat(link.retained(CONFIG)).isEmpty();
        assertThat(link.retained(STATE.formatted("power"))).isEmpty();
        assertThat(link.retained(STATE.formatted("quiet"))).isEmpty();
        assertThat(link.retained("somebody/elses")).isPresent();
        late.test().assertError(IllegalStateException.class);
        assertThatIllegalStateException()
                .isThrownBy(() -> shared.publish(EntityState.of(2)))
                .withMessage("the entity shared of the device hall has been removed");
        assertThatIllegalStateException().isThrownBy(hall::announce).withMessage("the device hall has been removed");
        assertThatIllegalStateException().isThrownBy(() -> hall.sensor("new", sensor -> sensor));
        assertThat(link.taken()).isEmpty();
        assertThat(home.device("hall", HALL)).isNotSameAs(hall);
    }

    @Test
    void the_id_of_a_device_is_taken_until_it_is_gone() {
        hall.announce().blockingAwait();
        link.hold();
        var removal = hall.remove().test();

        assertThatIllegalArgumentException().isThrownBy(() -> home.device("hall", HALL));
        removal.assertNotComplete();
    }
}
