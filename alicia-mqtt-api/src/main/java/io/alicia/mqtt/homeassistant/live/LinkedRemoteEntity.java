package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.DiscoveredComponent;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.EventEntity;
import io.alicia.mqtt.homeassistant.component.InfraredReceiverEntity;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityMessage;
import io.alicia.mqtt.homeassistant.entity.EntityMessages;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.entity.ImageMessages;
import io.alicia.mqtt.homeassistant.entity.PayloadEncoding;
import io.alicia.mqtt.homeassistant.entity.StateReading;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.homeassistant.template.TemplateEvaluationException;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.JsonBoolean;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.processors.PublishProcessor;
import java.util.List;
import java.util.Optional;

/** {@link RemoteEntity} over a link. */
final class LinkedRemoteEntity implements RemoteEntity {

    private final HomeAssistantLink link;
    private final DiscoveredComponent discovered;
    private final TemplateEngine engine;
    private final Scheduler scheduler;
    private final EntityMessages messages;
    private final Optional<ImageMessages> images;
    private final PayloadEncoding encoding;
    private final FlowableProcessor<String> unreadable =
            PublishProcessor.<String>create().toSerialized();

    LinkedRemoteEntity(
            HomeAssistantLink link, DiscoveredComponent discovered, TemplateEngine engine, Scheduler scheduler) {
        this.link = link;
        this.discovered = discovered;
        this.engine = engine;
        this.scheduler = scheduler;
        this.messages = EntityMessages.of(discovered.component());
        this.images = ImageMessages.of(discovered.component());
        this.encoding = PayloadEncoding.of(discovered.component());
    }

    @Override
    public DiscoveredComponent discovered() {
        return discovered;
    }

    @Override
    public Flowable<EntityState> states() {
        if (images.isPresent()) {
            return link.messages(images.get().topic(), qos()).map(message -> image(images.get(), message));
        }
        Flowable<EntityState> said = stateMessages()
                .filter(this::counts)
                .concatMapMaybe(this::inUtf8)
                .concatMapIterable(this::read)
                .scan((before, state) -> state.after(before));
        return OffDelay.after(discovered.component(), said, scheduler);
    }

    private EntityState image(ImageMessages how, ApplicationMessage message) {
        EntityState image = how.read(message.payload());
        if (image instanceof EntityState.Unknown unknown) {
            unknown.reason().ifPresent(reason -> unreadable.onNext(message.topic() + ": " + reason));
        }
        return image;
    }

    /** The message with its text in UTF-8, whichever encoding the component has; none if it is not in that. */
    private Maybe<ApplicationMessage> inUtf8(ApplicationMessage message) {
        try {
            BinaryData text = BinaryData.ofUtf8(encoding.decode(message.payload()));
            return Maybe.just(message.toBuilder().payload(text).build());
        } catch (IllegalArgumentException e) {
            unreadable.onNext(message.topic() + ": " + e.getMessage());
            return Maybe.empty();
        }
    }

    private Flowable<ApplicationMessage> stateMessages() {
        return Flowable.fromIterable(messages.stateTopics()).flatMap(filter -> link.messages(filter, qos()));
    }

    /** What is retained has happened some time ago. */
    private boolean counts(ApplicationMessage message) {
        Component component = discovered.component();
        boolean happens = component instanceof EventEntity || component instanceof InfraredReceiverEntity;
        return !(happens && message.retain());
    }

    @Override
    public Flowable<JsonObject> attributes() {
        return messages.attributesTopic()
                .map(filter -> link.messages(filter, qos())
                        .concatMapMaybe(this::inUtf8)
                        .concatMapMaybe(this::readAttributes))
                .orElseGet(Flowable::empty);
    }

    private Maybe<JsonObject> readAttributes(ApplicationMessage message) {
        try {
            return Maybe.just(messages.readAttributes(message.payload().toUtf8(), engine));
        } catch (TemplateEvaluationException | IllegalArgumentException e) {
            unreadable.onNext(message.topic() + ": " + e.getMessage());
            return Maybe.empty();
        }
    }

    @Override
    public Flowable<Boolean> availability() {
        Component component = discovered.component();
        Flowable<Boolean> said = AvailabilityWatch.of(
                component,
                filter -> link.messages(filter, qos()).concatMapMaybe(this::inUtf8),
                engine,
                unreadable::onNext);
        return Freshness.of(component, stateMessages(), scheduler)
                .map(fresh ->
                        Flowable.combineLatest(said, fresh, Boolean::logicalAnd).distinctUntilChanged())
                .orElse(said);
    }

    private List<EntityState> read(ApplicationMessage message) {
        StateReading reading = messages.read(message.topic(), message.payload().toUtf8(), engine);
        reading.problems().forEach(problem -> unreadable.onNext(message.topic() + ": " + problem));
        return reading.states();
    }

    @Override
    public Flowable<String> unreadable() {
        return unreadable.onBackpressureLatest();
    }

    @Override
    public Completable send(EntityCommand command) {
        return Completable.defer(() -> Flowable.fromIterable(messages.writeCommand(command, engine))
                .concatMapCompletable(message -> link.publish(message(message))));
    }

    private ApplicationMessage message(EntityMessage message) {
        Component component = discovered.component();
        return ApplicationMessage.builder()
                .topic(message.topic())
                .payload(encoding.encode(message.payload()))
                .qos(qos())
                .retain(component
                        .toJson()
                        .get("retain")
                        .filter(JsonBoolean.TRUE::equals)
                        .isPresent())
                .build();
    }

    private Qos qos() {
        return discovered.component().qos().orElse(Qos.AT_MOST_ONCE);
    }
}
