package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A component that makes an entity, with the options that all entities have in common.
 *
 * <p>Immutable and safe to share between threads.
 */
public abstract class Entity extends Component {

    Entity() {}

    /** {@return the template that takes attributes out of a message on {@code json_attributes_topic}} */
    public abstract Optional<Template> jsonAttributesTemplate();

    /** {@return the topic on which attributes arrive as a JSON object} */
    public abstract Optional<TopicFilter> jsonAttributesTopic();

    /** {@return where Home Assistant hears whether the entity is available; none if it always is} */
    public abstract List<Availability> availability();

    /** {@return how several availability topics decide together; {@code latest} unless given} */
    public abstract Optional<AvailabilityMode> availabilityMode();

    /** {@return the template that takes the availability out of a message on {@code availability_topic}} */
    public abstract Optional<Template> availabilityTemplate();

    /** {@return the one topic on which Home Assistant hears whether the entity is available} */
    public abstract Optional<TopicFilter> availabilityTopic();

    /** {@return the payload that stands for available; {@code online} unless given} */
    public abstract Optional<String> payloadAvailable();

    /** {@return the payload that stands for not available; {@code offline} unless given} */
    public abstract Optional<String> payloadNotAvailable();

    /** {@return the URL of a picture of the entity, {@code http} or {@code https}} */
    public abstract Optional<String> entityPicture();

    /** {@return the icon, such as {@code mdi:lamp}} */
    public abstract Optional<String> icon();

    /**
     * {@return the name, without the name of the device; unless given device_class name, else a fixed name per
     * component; null = use the device name alone}
     */
    public abstract Optional<EntityName> name();

    /** {@return the entity id to begin with, {@code COMPONENT.NAME}; users may change it (since 2025.10)} */
    public abstract Optional<String> defaultEntityId();

    /** {@return the device that the entity belongs to} */
    public abstract Optional<Device> device();

    /** {@return whether the entity is enabled when it is first added; yes unless given} */
    public abstract Optional<Boolean> enabledByDefault();

    /** {@return whether the entity is for configuration or diagnosis and not a main function} */
    public abstract Optional<EntityCategory> entityCategory();

    /** {@return the software that announces the entity} */
    public abstract Optional<Origin> origin();

    /** {@return the id by which Home Assistant knows the entity for good} */
    public abstract Optional<String> uniqueId();

    /** {@return whether the entity is shown when it is first added; yes unless given (since 2026.7)} */
    public abstract Optional<Boolean> visibleByDefault();

    /** {@return how long messages of Home Assistant live, in whole seconds (MQTT 5 §3.3.2.3.3) (since 2026.6)} */
    public abstract Optional<Duration> messageExpiryInterval();
}
