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
import io.alicia.mqtt.homeassistant.entity.EntityMessage;
import io.alicia.mqtt.homeassistant.entity.EntityMessages;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.entity.ImageMessages;
import io.alicia.mqtt.homeassistant.entity.PayloadEncoding;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link LiveEntity} over a link. */
final class LinkedEntity implements LiveEntity {

    private static final Logger LOGGER = LoggerFactory.getLogger(LinkedEntity.class);

    private final HomeAssistantLink link;
    private final Component component;
    private final EntityMessages messages;
    private final Optional<ImageMessages> images;
    private final PayloadEncoding encoding;
    private final boolean retained;
    private final InOrder inOrder = new InOrder();
    private final Map<TopicName, ApplicationMessage> lastStates = new LinkedHashMap<>();
    private @Nullable EntityState lastBuilt;
    private @Nullable EntityState lastSent;

    LinkedEntity(HomeAssistantLink link, Component component) {
        this.link = link;
        this.component = component;
        this.messages = EntityMessages.of(component);
        this.images = ImageMessages.of(component);
        this.encoding = PayloadEncoding.of(component);
        this.retained = isRetained(component);
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

    @Override
    public Component component() {
        return component;
    }

    @Override
    public Flowable<EntityCommand> commands() {
        return Flowable.fromIterable(messages.commandTopics())
                .flatMap(topic -> link.messages(TopicFilter.exactly(topic), Qos.AT_LEAST_ONCE))
                .filter(message -> !message.retain())
                .concatMapMaybe(this::command);
    }

    private Maybe<EntityCommand> command(ApplicationMessage message) {
        try {
            return Maybe.just(messages.readCommand(message.topic(), encoding.decode(message.payload())));
        } catch (IllegalArgumentException e) {
            LOGGER.warn("a command on {} is passed over: {}", message.topic(), e.getMessage());
            return Maybe.empty();
        }
    }

    @Override
    public Completable publish(EntityState state) {
        if (state instanceof EntityState.Bytes image && images.isPresent()) {
            ApplicationMessage written = message(images.get(), image);
            return publish(() -> List.of(written));
        }
        EntityState asBuilt = wholeAsBuilt(state);
        return publish(() -> written(state, asBuilt).stream().map(this::message).toList());
    }

    private Completable publish(Supplier<List<ApplicationMessage>> messagesThen) {
        return inOrder.next(() -> {
            List<ApplicationMessage> written = messagesThen.get();
            synchronized (lastStates) {
                written.stream()
                        .filter(ApplicationMessage::retain)
                        .forEach(message -> lastStates.put(message.topic(), message));
            }
            return Flowable.fromIterable(written).flatMapCompletable(link::publish, true, written.size());
        });
    }

    private ApplicationMessage message(ImageMessages how, EntityState.Bytes image) {
        if (how.topic().hasWildcard()) {
            throw new IllegalArgumentException(component.variant() + " has no one topic to say its image");
        }
        return message(TopicName.of(how.topic().value()), how.write(image));
    }

    /** What a message holds together is said as a whole, so that the retained one loses nothing. */
    private EntityState wholeAsBuilt(EntityState state) {
        synchronized (lastStates) {
            EntityState whole = lastBuilt == null ? state : messages.completed(state, lastBuilt);
            messages.writeState(whole);
            lastBuilt = retained ? whole : null;
            return whole;
        }
    }

    /** Publishes may be subscribed to in another order than they were built in. */
    private List<EntityMessage> written(EntityState state, EntityState asBuilt) {
        synchronized (lastStates) {
            EntityState whole = lastSent == null ? asBuilt : messages.completed(state, lastSent);
            lastSent = retained ? whole : null;
            return messages.writeState(whole);
        }
    }

    private ApplicationMessage message(EntityMessage message) {
        return message(message.topic(), encoding.encode(message.payload()));
    }

    private ApplicationMessage message(TopicName topic, BinaryData payload) {
        return ApplicationMessage.builder()
                .topic(topic)
                .payload(payload)
                .retain(retained)
                .build();
    }

    @Override
    public Completable publishAttributes(JsonObject attributes) {
        TopicFilter topic = component instanceof Entity entity
                ? entity.jsonAttributesTopic()
                        .filter(filter -> !filter.hasWildcard())
                        .orElse(null)
                : null;
        if (topic == null) {
            throw new IllegalArgumentException(
                    component.variant() + " has no json_attributes_topic to which can be published");
        }
        ApplicationMessage message = ApplicationMessage.builder()
                .topic(TopicName.of(topic.value()))
                .payload(encoding.encode(attributes.toString()))
                .retain(true)
                .build();
        return publish(() -> List.of(message));
    }

    /** The last states to be said again, as they are then. */
    List<Completable> again() {
        synchronized (lastStates) {
            return lastStates.keySet().stream().map(this::again).toList();
        }
    }

    private Completable again(TopicName topic) {
        return inOrder.next(() -> link.publish(last(topic)));
    }

    private ApplicationMessage last(TopicName topic) {
        synchronized (lastStates) {
            return Objects.requireNonNull(lastStates.get(topic));
        }
    }
}
