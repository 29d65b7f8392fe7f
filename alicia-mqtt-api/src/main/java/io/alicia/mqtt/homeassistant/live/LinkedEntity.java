package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.processors.BehaviorProcessor;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link LiveEntity} over a link. */
final class LinkedEntity implements LiveEntity {

    private static final Logger LOGGER = LoggerFactory.getLogger(LinkedEntity.class);

    private final LinkedDevice device;
    private final HomeAssistantLink link;
    private final String id;
    private final InOrder inOrder = new InOrder();
    private final LastStates lastStates = new LastStates();
    private final FlowableProcessor<HeardTopics> hearing;
    private final CompletableSubject gone = CompletableSubject.create();
    private final Object lock = new Object();
    private final Set<TopicName> left = new LinkedHashSet<>();
    private volatile EntityShape shape;
    private volatile HeardTopics heardAs;
    private volatile boolean removed;
    private @Nullable EntityState lastBuilt;
    private @Nullable EntityState lastSent;

    LinkedEntity(LinkedDevice device, HomeAssistantLink link, String id, Component component) {
        this.device = device;
        this.link = link;
        this.id = id;
        this.shape = new EntityShape(component);
        this.heardAs = HeardTopics.of(shape);
        this.hearing = BehaviorProcessor.createDefault(heardAs).toSerialized();
    }

    @Override
    public Component component() {
        return shape.component();
    }

    @Override
    public Flowable<EntityCommand> commands() {
        return Flowable.defer(() -> {
            Flowable<Object> closed = link.connected().ignoreElements().toFlowable();
            Set<TopicName> heard = new HashSet<>();
            return hearing.onBackpressureBuffer()
                    .takeUntil(closed)
                    .map(now -> added(heard, now.topics()))
                    .flatMap(added -> Flowable.fromIterable(added).flatMap(this::messages), Integer.MAX_VALUE)
                    .takeUntil(gone.toFlowable())
                    .concatMapMaybe(this::command);
        });
    }

    /** What is to be heard that is not yet. */
    private static List<TopicName> added(Set<TopicName> heard, Set<TopicName> now) {
        heard.retainAll(now);
        return now.stream().filter(heard::add).toList();
    }

    private Flowable<ApplicationMessage> messages(TopicName topic) {
        return link.messages(TopicFilter.exactly(topic), Qos.AT_LEAST_ONCE)
                .takeUntil(hearing.filter(now -> !now.topics().contains(topic)))
                .filter(message -> shapeOn(topic).counts(message));
    }

    /** What it is for who says something on a topic: what it was before, where that is its topic no more. */
    private EntityShape shapeOn(TopicName topic) {
        return heardAs.on(topic).orElse(shape);
    }

    private Maybe<EntityCommand> command(ApplicationMessage message) {
        try {
            return Maybe.just(shapeOn(message.topic()).command(message));
        } catch (IllegalArgumentException e) {
            LOGGER.warn("a command on {} is passed over: {}", message.topic(), e.getMessage());
            return Maybe.empty();
        }
    }

    @Override
    public Completable publish(EntityState state) {
        requireThere();
        Optional<ApplicationMessage> image = shape.image(state);
        if (image.isPresent()) {
            return publish(() -> List.of(image.get()));
        }
        EntityState asBuilt = wholeAsBuilt(state);
        return publish(() -> written(state, asBuilt));
    }

    @Override
    public Completable publishAttributes(JsonObject attributes) {
        requireThere();
        ApplicationMessage message = shape.attributes(attributes);
        return publish(() -> List.of(message));
    }

    private Completable publish(Supplier<List<ApplicationMessage>> messagesThen) {
        return device.announced(id, inOrder.next(() -> {
            requireThere();
            List<ApplicationMessage> written = messagesThen.get();
            written.stream().filter(ApplicationMessage::retain).forEach(lastStates::put);
            return all(written);
        }));
    }

    private Completable all(List<ApplicationMessage> messages) {
        return Flowable.fromIterable(messages).flatMapCompletable(link::publish, true, Math.max(1, messages.size()));
    }

    private void requireThere() {
        if (removed) {
            throw new IllegalStateException("the entity " + id + " of the device " + device.id() + " has been removed");
        }
    }

    /** What a message holds together is said as a whole, so that the retained one loses nothing. */
    private EntityState wholeAsBuilt(EntityState state) {
        synchronized (lock) {
            EntityState whole = lastBuilt == null ? state : shape.completed(state, lastBuilt);
            shape.written(whole);
            lastBuilt = shape.isRetained() ? whole : null;
            return whole;
        }
    }

    /** Publishes may be subscribed to in another order than they were built in. */
    private List<ApplicationMessage> written(EntityState state, EntityState asBuilt) {
        synchronized (lock) {
            EntityState whole = lastSent == null ? asBuilt : shape.completed(state, lastSent);
            lastSent = shape.isRetained() ? whole : null;
            return shape.written(whole);
        }
    }

    /** The last states to be said again, as they are then. */
    List<Completable> again() {
        long then = lastStates.count();
        return lastStates.topics().stream()
                .map(topic -> inOrder.next(() -> all(lastStates.again(topic, then))))
                .toList();
    }

    /** Is something else of the same kind from now on; what it said on topics that it has no more is {@link #left}. */
    void become(Component component) {
        EntityShape now = new EntityShape(component);
        synchronized (lock) {
            Set<TopicName> stale = lastStates.topics();
            stale.removeAll(now.kept());
            lastStates.forget(stale);
            left.addAll(stale);
            lastBuilt = stillSaid(lastBuilt, now);
            lastSent = stillSaid(lastSent, now);
            shape = now;
            heardAs = heardAs.and(now);
        }
    }

    private static @Nullable EntityState stillSaid(@Nullable EntityState state, EntityShape now) {
        if (state == null || !now.isRetained()) {
            return null;
        }
        try {
            now.written(state);
            return state;
        } catch (IllegalArgumentException e) {
            LOGGER.debug("{} is nothing that the entity says any more", state, e);
            return null;
        }
    }

    /** Those who listen to its commands listen on its topics from now on; not under a lock, as they subscribe. */
    void listenAnew() {
        hearing.onNext(heardAs);
    }

    /** What is to be done when what it is now has been announced: nobody says anything to what it was before then. */
    Runnable whenAnnounced() {
        EntityShape said = shape;
        return () -> {
            synchronized (lock) {
                if (shape != said || heardAs.isOnly(said)) {
                    return;
                }
                heardAs = HeardTopics.of(said);
            }
            listenAnew();
        };
    }

    EntityShape shape() {
        return shape;
    }

    /** Is not there any more: says nothing, and hears nothing. */
    void end() {
        removed = true;
        gone.onComplete();
    }

    /** The topics on which it speaks now. */
    Set<TopicName> said() {
        return shape.said();
    }

    boolean hasLeft() {
        synchronized (lock) {
            return !left.isEmpty();
        }
    }

    /**
     * Takes back the states that it has left on topics which it has no more.
     *
     * @param isInUse whether something else speaks on a topic
     */
    Completable clearLeft(Predicate<TopicName> isInUse) {
        return inOrder.next(() -> {
            Set<TopicName> stale;
            synchronized (lock) {
                stale = new LinkedHashSet<>(left);
                left.clear();
            }
            stale.removeIf(isInUse);
            return cleared(stale);
        });
    }

    /**
     * Takes back all that is retained of it: what it said in this life, and what it may have said in an earlier one on topics
     * of its own.
     *
     * @param own below which nobody else says anything
     * @param isInUse whether something else speaks on a topic
     */
    Completable clearAll(TopicName own, Predicate<TopicName> isInUse) {
        return inOrder.next(() -> {
            Set<TopicName> topics = lastStates.topics();
            synchronized (lock) {
                topics.addAll(left);
            }
            shape.said().stream()
                    .filter(topic -> topic.value().startsWith(own.value() + "/"))
                    .forEach(topics::add);
            topics.removeIf(isInUse);
            return cleared(topics);
        });
    }

    private Completable cleared(Set<TopicName> topics) {
        return all(topics.stream().map(LinkedEntity::cleared).toList());
    }

    /** What takes back the message that is retained on a topic. */
    static ApplicationMessage cleared(TopicName topic) {
        return ApplicationMessage.builder()
                .topic(topic)
                .payload(BinaryData.EMPTY)
                .retain(true)
                .build();
    }
}
