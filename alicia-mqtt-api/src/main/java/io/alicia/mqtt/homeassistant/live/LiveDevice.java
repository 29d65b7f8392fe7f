package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.ButtonEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.homeassistant.component.NumberEntity;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A device of this client, announced in one message with all its entities. The methods named after components give the
 * entity its unique id and its topics; any other component is added with topics of its own choice, for which {@link
 * #topics} makes names.
 *
 * <p>Safe for several threads.
 */
public interface LiveDevice {

    /** {@return the device's id in topics} */
    String id();

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
     * @param entityId the entity's id within the device: letters, digits, {@code _} and {@code -}
     * @param component what it is; entities need a unique id
     * @return the entity
     * @throws IllegalArgumentException if the id is taken or has other characters, or Home Assistant would refuse the
     *     device with it, as it does if another entity of this client has the unique id
     */
    LiveEntity add(String entityId, Component component);

    /**
     * Announces the device, now if there is a connection, and again whenever that is due.
     *
     * @return completes when the server has the announcement
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
     * Removes the device with all its entities, however it is announced, and forgets it.
     *
     * @return completes when the server has the removal
     */
    Completable remove();

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
