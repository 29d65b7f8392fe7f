package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.ButtonEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.DeviceTrigger;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.homeassistant.component.NumberEntity;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.homeassistant.component.TagScanner;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A device of this client, announced in one message with all its entities. The methods named after components give the
 * entity its unique id and its topics; any other component is added with topics of its own choice, for which {@link
 * #topics} makes names; the client's account has to be allowed to use them, see {@link HomeAssistantOptions#baseTopic}.
 *
 * <p>Safe for several threads.
 */
public interface LiveDevice {

    /** {@return the device's id in topics} */
    String id();

    /** {@return what is known of the device} */
    Device device();

    /**
     * {@return the topics of an entity of this device}
     *
     * @param entityId the entity's id: letters, digits, {@code _} and {@code -}
     */
    EntityTopics topics(String entityId);

    /**
     * Gives the device an entity, or a component that makes none. An entity with an availability of its own is available only
     * as long as its client is there, too ({@code availability_mode} all), unless it is to be so by the latest or by any of
     * several topics.
     *
     * <p>A device that is announced already is to be {@linkplain #announce announced} again then. The first state that the
     * entity publishes does so as well, so that no state is said of what Home Assistant does not have.
     *
     * @param entityId the entity's id within the device: letters, digits, {@code _} and {@code -}
     * @param component what it is; entities need a unique id
     * @return the entity
     * @throws IllegalArgumentException if the id is taken or has other characters, or Home Assistant would refuse the
     *     device with it, as it does if another entity of this client has the unique id
     * @throws IllegalStateException if the device has been removed
     */
    LiveEntity add(String entityId, Component component);

    /**
     * Changes what an entity is: its name, the options to choose from, its topics. Home Assistant keeps it with its history
     * and with what its users have set, and hears of the change by the next {@link #announce}, or as soon as the entity
     * publishes a state. Who listens to its commands goes on doing so, on other topics if they have changed; on those that it has no
     * more until the change is announced, as Home Assistant speaks there until then.
     *
     * @param entityId the entity's id within the device
     * @param component what it is from now on: the same component and variant, with the same unique id
     * @return the entity, the same as before
     * @throws IllegalArgumentException if the device has no such entity, Home Assistant would refuse the device with it, or it is
     *     another kind of component or has another unique id: that is another entity, to be added when this one is {@linkplain
     *     #remove(String) removed}
     * @throws IllegalStateException if the device has been removed
     */
    LiveEntity replace(String entityId, Component component);

    /**
     * Removes an entity, so that Home Assistant forgets it; the others stay. Its retained states are taken back: those of this
     * life, and what an earlier one may have left on {@linkplain #topics topics of its own}. Its id and its unique id are free
     * again then, and it publishes nothing more.
     *
     * @param entityId the entity's id within the device
     * @return removes it when somebody subscribes, completes when the server has it all
     * @throws IllegalArgumentException if the device has no such entity
     * @throws IllegalStateException if the device has been removed
     */
    Completable remove(String entityId);

    /**
     * Says something else of the device, such as another {@code sw_version} after an update or another name. Home Assistant
     * hears of it by the next {@link #announce}, and takes it for the same device as long as one of its identifiers or
     * connections is.
     *
     * @param device what is known of it from now on
     * @throws IllegalArgumentException if Home Assistant would refuse it
     * @throws IllegalStateException if the device has been removed
     */
    void describe(Device device);

    /**
     * Announces the device as it is when that is said, and again whenever it is due: at each connect, and when Home Assistant
     * has come up. What is added or changed afterwards is in none of its messages before one of these times, unless this is called
     * again. Where the client was given its access policy and that keeps it from topics of the entities, a warning in the log
     * tells it.
     *
     * @return says it when somebody subscribes, completes when the server has the announcement
     * @throws IllegalStateException if the device has been removed
     */
    Completable announce();

    /**
     * Announces the device in place of what has announced its entities so far, each on a topic of its own or with another
     * device; entities with the same unique ids keep their history (migration of discovery). What {@link
     * #announceEntitiesApart} has announced is taken back as well.
     *
     * @param topics where they have been announced; they are empty then
     * @return completes when the server has it all
     */
    Completable announceInPlaceOf(Collection<DiscoveryTopic> topics);

    /**
     * Announces each entity on a topic of its own, in place of the device's one message; they keep their history (migration
     * of discovery, the other way). The topics are {@code PREFIX/COMPONENT/DEVICE_ID/ENTITY_ID/config}, and the device is
     * announced so until {@link #announceInPlaceOf}.
     *
     * @return completes when the server has it all; the topic of the device is empty then
     */
    Completable announceEntitiesApart();

    /**
     * Removes the device with all its entities, however it is announced, and forgets it. The retained states of its entities are
     * taken back, as by {@link #remove(String)}. Neither it nor its entities can be used any more as soon as that has begun, and
     * its id is free for another device when it is done.
     *
     * @return removes it when somebody subscribes, completes when the server has it all; each time the same
     */
    Completable remove();

    /**
     * A trigger, such as a button that is pressed: automations of Home Assistant can begin with it. It makes no entity; what is
     * published as its state triggers, whatever it is unless {@code payload} is given.
     *
     * @param id the trigger's id within the device
     * @param type what happens, such as {@code button_short_press}
     * @param subtype to which part of the device, such as {@code button_1}
     * @param options what else there is to say of it
     * @return what is added
     */
    default LiveEntity trigger(String id, String type, String subtype, UnaryOperator<DeviceTrigger.Builder> options) {
        return add(
                id,
                options.apply(DeviceTrigger.builder()
                                .device(device())
                                .type(type)
                                .subtype(subtype)
                                .topic(topics(id).stateFilter()))
                        .build());
    }

    /**
     * A scanner of tags. It makes no entity; the id of a tag that is published as its state is scanned.
     *
     * @param id the scanner's id within the device
     * @param options what else there is to say of it
     * @return what is added
     */
    default LiveEntity tagScanner(String id, UnaryOperator<TagScanner.Builder> options) {
        return add(
                id,
                options.apply(TagScanner.builder().topic(topics(id).stateFilter()))
                        .build());
    }

    /**
     * A light that is told all in one JSON object.
     *
     * @param id the entity's id
     * @param options what else there is to say of it
     * @return the entity
     */
    default LiveEntity light(String id, UnaryOperator<JsonLightEntity.Builder> options) {
        EntityTopics topics = topics(id);
        return add(
                id,
                options.apply(JsonLightEntity.builder()
                                .uniqueId(topics.uniqueId())
                                .commandTopic(topics.command())
                                .stateTopic(topics.stateFilter()))
                        .build());
    }

    /**
     * A switch.
     *
     * @param id the entity's id
     * @param options what else there is to say of it
     * @return the entity
     */
    default LiveEntity onOff(String id, UnaryOperator<SwitchEntity.Builder> options) {
        EntityTopics topics = topics(id);
        return add(
                id,
                options.apply(SwitchEntity.builder()
                                .uniqueId(topics.uniqueId())
                                .commandTopic(topics.command())
                                .stateTopic(topics.stateFilter()))
                        .build());
    }

    /**
     * A sensor.
     *
     * @param id the entity's id
     * @param options what else there is to say of it
     * @return the entity
     */
    default LiveEntity sensor(String id, UnaryOperator<SensorEntity.Builder> options) {
        EntityTopics topics = topics(id);
        return add(
                id,
                options.apply(SensorEntity.builder().uniqueId(topics.uniqueId()).stateTopic(topics.stateFilter()))
                        .build());
    }

    /**
     * A sensor of two states.
     *
     * @param id the entity's id
     * @param options what else there is to say of it
     * @return the entity
     */
    default LiveEntity binarySensor(String id, UnaryOperator<BinarySensorEntity.Builder> options) {
        EntityTopics topics = topics(id);
        return add(
                id,
                options.apply(BinarySensorEntity.builder()
                                .uniqueId(topics.uniqueId())
                                .stateTopic(topics.stateFilter()))
                        .build());
    }

    /**
     * A number that can be set.
     *
     * @param id the entity's id
     * @param options what else there is to say of it
     * @return the entity
     */
    default LiveEntity number(String id, UnaryOperator<NumberEntity.Builder> options) {
        EntityTopics topics = topics(id);
        return add(
                id,
                options.apply(NumberEntity.builder()
                                .uniqueId(topics.uniqueId())
                                .commandTopic(topics.command())
                                .stateTopic(topics.stateFilter()))
                        .build());
    }

    /**
     * A choice.
     *
     * @param id the entity's id
     * @param choices the options to choose from
     * @param options what else there is to say of it
     * @return the entity
     */
    default LiveEntity select(String id, List<String> choices, UnaryOperator<SelectEntity.Builder> options) {
        EntityTopics topics = topics(id);
        return add(
                id,
                options.apply(SelectEntity.builder()
                                .uniqueId(topics.uniqueId())
                                .options(choices)
                                .commandTopic(topics.command())
                                .stateTopic(topics.stateFilter()))
                        .build());
    }

    /**
     * A button.
     *
     * @param id the entity's id
     * @param options what else there is to say of it
     * @return the entity
     */
    default LiveEntity button(String id, UnaryOperator<ButtonEntity.Builder> options) {
        EntityTopics topics = topics(id);
        return add(
                id,
                options.apply(ButtonEntity.builder().uniqueId(topics.uniqueId()).commandTopic(topics.command()))
                        .build());
    }

    /**
     * A cover that knows its position.
     *
     * @param id the entity's id
     * @param options what else there is to say of it
     * @return the entity
     */
    default LiveEntity cover(String id, UnaryOperator<CoverEntity.Builder> options) {
        EntityTopics topics = topics(id);
        TopicName position = topics.named("position");
        return add(
                id,
                options.apply(CoverEntity.builder()
                                .uniqueId(topics.uniqueId())
                                .commandTopic(topics.command())
                                .stateTopic(topics.stateFilter())
                                .positionTopic(TopicFilter.exactly(position))
                                .setPositionTopic(topics.named("position/set")))
                        .build());
    }
}
