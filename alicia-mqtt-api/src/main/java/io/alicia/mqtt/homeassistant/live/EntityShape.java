package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.DeviceTrigger;
import io.alicia.mqtt.homeassistant.component.Entity;
import io.alicia.mqtt.homeassistant.component.EventEntity;
import io.alicia.mqtt.homeassistant.component.InfraredReceiverEntity;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.TagScanner;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityMessages;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.entity.ImageMessages;
import io.alicia.mqtt.homeassistant.entity.PayloadEncoding;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an entity is at present, and how that is said in messages. */
final class EntityShape {

    private final Component component;
    private final EntityMessages messages;
    private final Optional<ImageMessages> images;
    private final PayloadEncoding encoding;
    private final boolean retained;
    private final boolean takesRetainedCommands;
    private final Set<TopicName> said;

    EntityShape(Component component) {
        this.component = component;
        this.messages = EntityMessages.of(component);
        this.images = ImageMessages.of(component);
        this.encoding = PayloadEncoding.of(component);
        this.retained = isRetained(component);
        this.takesRetainedCommands = component
                .toJson()
                .get("retain")
                .filter(JsonBoolean.TRUE::equals)
                .isPresent();
        this.said = names(Stream.concat(
                messages.stateTopics().stream(),
                Stream.concat(images.map(ImageMessages::topic).stream(), messages.attributesTopic().stream())));
    }

    private static boolean isRetained(Component component) {
        boolean happens = component instanceof EventEntity
                || component instanceof DeviceTrigger
                || component instanceof TagScanner
                || component instanceof InfraredReceiverEntity;
        boolean expires = (component instanceof SensorEntity sensor
                        && sensor.expireAfter().isPresent())
                || (component instanceof BinarySensorEntity binary
                        && binary.expireAfter().isPresent());
        return !happens && !expires;
    }

    Component component() {
        return component;
    }

    /** Whether what it says is still so when somebody comes and asks. */
    boolean isRetained() {
        return retained;
    }

    Set<TopicName> commandTopics() {
        return messages.commandTopics();
    }

    /** Whether a command counts: one that is kept is old, unless Home Assistant is told to keep them for a device that sleeps. */
    boolean counts(ApplicationMessage command) {
        return takesRetainedCommands || !command.retain();
    }

    /**
     * Reads a command.
     *
     * @throws IllegalArgumentException if its bytes are not in the component's encoding
     */
    EntityCommand command(ApplicationMessage message) {
        return messages.readCommand(message.topic(), encoding.decode(message.payload()));
    }

    /** The topics on which its states and attributes are said. */
    Set<TopicName> said() {
        return said;
    }

    /** Those of them on which what was said last is kept for who comes later. */
    Set<TopicName> kept() {
        return retained ? said : attributesTopics(component);
    }

    private static Set<TopicName> attributesTopics(Component component) {
        Optional<TopicFilter> topic =
                component instanceof Entity entity ? entity.jsonAttributesTopic() : Optional.empty();
        return names(topic.stream());
    }

    private static Set<TopicName> names(Stream<TopicFilter> filters) {
        return filters.filter(filter -> !filter.hasWildcard())
                .map(filter -> TopicName.of(filter.value()))
                .collect(Collectors.toUnmodifiableSet());
    }

    EntityState completed(EntityState state, EntityState before) {
        return messages.completed(state, before);
    }

    /**
     * Writes a state.
     *
     * @throws IllegalArgumentException if there is no topic for it, or Home Assistant would not take it
     */
    List<ApplicationMessage> written(EntityState state) {
        return messages.writeState(state).stream()
                .map(said -> message(said.topic(), encoding.encode(said.payload()), retained))
                .toList();
    }

    /** Writes an image; empty if the state or the component is none. */
    Optional<ApplicationMessage> image(EntityState state) {
        return state instanceof EntityState.Bytes image
                ? images.map(how -> message(imageTopic(how), how.write(image), retained))
                : Optional.empty();
    }

    private TopicName imageTopic(ImageMessages how) {
        if (how.topic().hasWildcard()) {
            throw new IllegalArgumentException(component.variant() + " has no one topic to say its image");
        }
        return TopicName.of(how.topic().value());
    }

    ApplicationMessage attributes(JsonObject attributes) {
        TopicName topic = attributesTopics(component).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        component.variant() + " has no json_attributes_topic to which can be published"));
        return message(topic, encoding.encode(attributes.toString()), true);
    }

    private static ApplicationMessage message(TopicName topic, BinaryData payload, boolean retain) {
        return ApplicationMessage.builder()
                .topic(topic)
                .payload(payload)
                .retain(retain)
                .build();
    }
}
