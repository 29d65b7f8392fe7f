package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.DiscoveryMessage;
import io.alicia.mqtt.homeassistant.DiscoveryWriter;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import io.alicia.mqtt.homeassistant.component.Entity;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link LiveDevice} over a link. */
final class LinkedDevice implements LiveDevice {

    private static final Logger LOGGER = LoggerFactory.getLogger(LinkedDevice.class);

    private final LinkedHomeAssistant home;
    private final DiscoveryWriter writer;
    private final DeviceMessages described;
    private final DiscoveryTopic topic;
    private final Map<String, LinkedEntity> entities = new LinkedHashMap<>();

    /** The ids of those entities that a message has named, so that Home Assistant has them. */
    private final Set<String> said = new HashSet<>();

    /** The ids of those that no message has named yet as what they are now. */
    private final Set<String> unsaid = new HashSet<>();

    private final InOrder inOrder = new InOrder();
    private final Completable removal = Completable.defer(this::withdrawnWhole).cache();
    private Device device;
    private @Nullable Map<DiscoveryTopic, DiscoveryMessage> messages;
    private boolean apart;
    private boolean announced;
    private boolean gone;

    LinkedDevice(LinkedHomeAssistant home, DiscoveryWriter writer, DiscoveryTopic topic, Device device) {
        this.home = home;
        this.writer = writer;
        this.described = new DeviceMessages(home.options());
        this.topic = topic;
        this.device = device;
    }

    @Override
    public String id() {
        return topic.objectId();
    }

    DiscoveryTopic topic() {
        return topic;
    }

    @Override
    public Device device() {
        synchronized (entities) {
            return device;
        }
    }

    @Override
    public EntityTopics topics(String entityId) {
        String id = DiscoveryTopic.requireObjectId(entityId);
        return new EntityTopics(TopicName.of(home.options().baseTopic() + "/" + id() + "/" + id), id() + "_" + id);
    }

    @Override
    public LiveEntity add(String entityId, Component component) {
        String id = DiscoveryTopic.requireObjectId(entityId);
        Component tied = tied(component);
        LinkedEntity entity = new LinkedEntity(this, home.link(), id, tied);
        synchronized (entities) {
            requireThere();
            if (entities.containsKey(id)) {
                throw new IllegalArgumentException("the device " + id() + " has an entity " + id + " already");
            }
            requireTaken(id, tied);
            home.uniqueIds().claim(id(), id, tied);
            entities.put(id, entity);
            changed(id);
        }
        return entity;
    }

    private Component tied(Component component) {
        return ClientAvailability.tied(component, home.options().availabilityTopic());
    }

    /** A wrong component is refused where it is given, not when the device is announced. */
    private void requireTaken(String id, Component component) {
        message(described.of(device, Map.of(id, component), Map.of()));
    }

    private void changed(String id) {
        unsaid.add(id);
        messages = null;
    }

    private void requireThere() {
        if (gone) {
            throw new IllegalStateException("the device " + id() + " has been removed");
        }
    }

    @Override
    public LiveEntity replace(String entityId, Component component) {
        Component tied = tied(component);
        LinkedEntity entity;
        synchronized (entities) {
            requireThere();
            entity = known(entityId);
            requireSameKind(entityId, entity.component(), tied);
            requireTaken(entityId, tied);
            entity.become(tied);
        }
        // Before anybody can hear of the new topics.
        entity.listenAnew();
        synchronized (entities) {
            if (entities.get(entityId) == entity) {
                changed(entityId);
            }
        }
        return entity;
    }

    private LinkedEntity known(String entityId) {
        LinkedEntity entity = entities.get(entityId);
        if (entity == null) {
            throw new IllegalArgumentException(
                    "the device " + id() + " has no entity " + entityId + "; it has " + entities.keySet());
        }
        return entity;
    }

    private void requireSameKind(String id, Component before, Component after) {
        if (!before.variant().equals(after.variant())) {
            throw new IllegalArgumentException("the " + before.variant() + " " + id + " of the device " + id()
                    + " cannot become a " + after.variant() + "; remove it and add another one");
        }
        if (!uniqueId(before).equals(uniqueId(after))) {
            throw new IllegalArgumentException("the unique_id of the entity " + id + " of the device " + id() + " is "
                    + uniqueId(before).orElse("not given") + " and not "
                    + uniqueId(after).orElse("left out")
                    + ": it is what Home Assistant knows the entity by; remove it and add another one");
        }
    }

    private static Optional<String> uniqueId(Component component) {
        return component instanceof Entity entity ? entity.uniqueId() : Optional.empty();
    }

    @Override
    public void describe(Device as) {
        synchronized (entities) {
            requireThere();
            message(described.of(as, components(), Map.of()));
            device = as;
            messages = null;
        }
    }

    private Map<String, Component> components() {
        Map<String, Component> components = new LinkedHashMap<>();
        entities.forEach((id, entity) -> components.put(id, entity.component()));
        return components;
    }

    /** Made once for all the times that it is said, until there is another entity or it is said in another way. */
    private Map<DiscoveryTopic, DiscoveryMessage> messages() {
        Map<DiscoveryTopic, DiscoveryMessage> known = messages;
        if (known == null) {
            DeviceDiscovery discovery = described.of(device, components(), Map.of());
            known = new LinkedHashMap<>();
            for (DiscoveryMessage made : apart ? writer.apart(id(), discovery) : List.of(message(discovery))) {
                known.put(made.topic(), made);
            }
            messages = known;
        }
        return known;
    }

    private List<DiscoveryTopic> announcedOn() {
        return List.copyOf(messages().keySet());
    }

    private DiscoveryTopic announcedOn(String id, Component component) {
        return apart ? new DiscoveryTopic(topic.prefix(), component.component(), Optional.of(id()), id) : topic;
    }

    private DiscoveryMessage message(DeviceDiscovery discovery) {
        return writer.message(id(), discovery);
    }

    @Override
    public Completable announce() {
        List<DiscoveryMessage> current;
        synchronized (entities) {
            requireThere();
            announced = true;
            current = List.copyOf(messages().values());
        }
        warn(current);
        warnOfPolicy();
        return Flowable.fromIterable(current)
                .map(DiscoveryMessage::topic)
                .concatMapCompletableDelayError(this::current)
                .andThen(Completable.defer(this::clearLeft));
    }

    private void warn(Collection<DiscoveryMessage> said) {
        said.stream()
                .flatMap(message -> message.hints().stream())
                .forEach(hint -> LOGGER.warn("device {} is announced, but: {}", id(), hint));
    }

    private void warnOfPolicy() {
        List<EntityShape> shapes;
        synchronized (entities) {
            shapes = entities.values().stream().map(LinkedEntity::shape).toList();
        }
        ForbiddenTopics.of(home.link(), shapes)
                .ifPresent(reason -> LOGGER.warn("device {} is announced, but: {}", id(), reason));
    }

    /** What is said of an entity; where its device is announced and it is not, it is announced first. */
    Completable announced(String id, Completable said) {
        return Completable.defer(() -> unsaid(id)
                // Handed over one after the other, and not only when the first is acknowledged: later states do not
                // wait.
                .map(message -> Completable.mergeArrayDelayError(current(message.topic()), said))
                .orElse(said));
    }

    private Optional<DiscoveryMessage> unsaid(String id) {
        Optional<DiscoveryMessage> message;
        synchronized (entities) {
            message = announced && unsaid.contains(id)
                    ? Optional.ofNullable(
                            messages().get(announcedOn(id, known(id).component())))
                    : Optional.empty();
        }
        warn(message.stream().toList());
        return message;
    }

    @Override
    public Completable announceInPlaceOf(Collection<DiscoveryTopic> topics) {
        Migration steps;
        synchronized (entities) {
            requireThere();
            Set<DiscoveryTopic> before = new LinkedHashSet<>(topics);
            if (apart) {
                before.addAll(announcedOn());
            }
            steps = migration(before, false);
        }
        return stepByStep(steps);
    }

    @Override
    public Completable announceEntitiesApart() {
        Migration steps;
        synchronized (entities) {
            requireThere();
            steps = apart
                    ? new Migration(List.copyOf(messages().values()), whenAnnounced(entities.values()))
                    : migration(List.of(topic), true);
            allSaid();
        }
        return stepByStep(steps);
    }

    /** What is said one after the other, and what is done then. */
    private record Migration(List<DiscoveryMessage> messages, Runnable then) {}

    private Migration migration(Collection<DiscoveryTopic> before, boolean eachForItself) {
        announced = true;
        apart = eachForItself;
        messages = null;
        allSaid();
        return new Migration(writer.migration(before, messages().values()), whenAnnounced(entities.values()));
    }

    /** Nothing is taken back before what takes its place is there. */
    private Completable stepByStep(Migration steps) {
        warnOfPolicy();
        return Flowable.fromIterable(steps.messages())
                .concatMapCompletable(this::inTurn)
                .doOnComplete(steps.then()::run)
                .andThen(Completable.defer(this::clearLeft));
    }

    private static Runnable whenAnnounced(Collection<LinkedEntity> entities) {
        List<Runnable> all = entities.stream().map(LinkedEntity::whenAnnounced).toList();
        return () -> all.forEach(Runnable::run);
    }

    private Completable inTurn(DiscoveryMessage message) {
        return inOrder.next(() -> home.link().publish(retained(message)));
    }

    /** Says what is announced on a topic when it is its turn; nothing if that is withdrawn by then. */
    private Completable current(DiscoveryTopic on) {
        return inOrder.next(() -> announcement(on).orElse(Completable.complete()));
    }

    private Optional<Completable> announcement(DiscoveryTopic on) {
        synchronized (entities) {
            DiscoveryMessage message = announced ? messages().get(on) : null;
            if (message == null) {
                return Optional.empty();
            }
            Collection<LinkedEntity> named = entities.values();
            if (apart) {
                said.add(on.objectId());
                unsaid.remove(on.objectId());
                named = Optional.ofNullable(entities.get(on.objectId())).stream()
                        .toList();
            } else {
                allSaid();
            }
            Runnable then = whenAnnounced(named);
            return Optional.of(home.link().publish(retained(message)).doOnComplete(then::run));
        }
    }

    private void allSaid() {
        said.addAll(entities.keySet());
        unsaid.clear();
    }

    /** The topics on which it is announced, each with the ids of the components that the message there has. */
    Map<DiscoveryTopic, Set<String>> alive() {
        synchronized (entities) {
            return apart
                    ? announcedOn().stream().collect(Collectors.toMap(said -> said, said -> Set.of()))
                    : Map.of(topic, Set.copyOf(entities.keySet()));
        }
    }

    /** Home Assistant forgets a component when it is named without anything and then not named any more. */
    Completable clear(Map<String, String> forgotten) {
        return inOrder.next(() -> home.link().publish(retained(naming(forgotten))))
                .andThen(Completable.defer(this::announce));
    }

    /** What names components that are to be forgotten; none that is there again. */
    private DiscoveryMessage naming(Map<String, String> forgotten) {
        synchronized (entities) {
            Map<String, String> missing = new LinkedHashMap<>(forgotten);
            missing.keySet().removeAll(entities.keySet());
            return message(described.of(device, components(), missing));
        }
    }

    @Override
    public Completable remove(String entityId) {
        synchronized (entities) {
            requireThere();
            LinkedEntity entity = known(entityId);
            return Completable.defer(() -> removed(entityId, entity));
        }
    }

    private Completable removed(String id, LinkedEntity entity) {
        Component component = entity.component();
        DiscoveryTopic on;
        boolean wasSaid;
        synchronized (entities) {
            if (gone || !entities.remove(id, entity)) {
                return Completable.complete();
            }
            unsaid.remove(id);
            wasSaid = said.remove(id) && announced;
            on = announcedOn(id, component);
            messages = null;
            home.uniqueIds().release(id(), id);
        }
        entity.end();
        return (wasSaid ? withdrawn(on, Map.of(id, component.component())) : Completable.complete())
                .andThen(entity.clearAll(topics(id).base(), isInUse()));
    }

    private Completable withdrawn(DiscoveryTopic on, Map<String, String> forgotten) {
        return on.isDevice()
                ? inOrder.next(() -> home.link().publish(retained(naming(forgotten))))
                        .andThen(Completable.defer(() -> current(on)))
                : inTurn(writer.removal(on));
    }

    @Override
    public Completable remove() {
        return removal;
    }

    private Completable withdrawnWhole() {
        List<DiscoveryTopic> topics;
        List<Completable> states;
        synchronized (entities) {
            topics = apart ? announcedOn() : List.of(topic);
            announced = false;
            gone = true;
            entities.values().forEach(LinkedEntity::end);
            states = entities.entrySet().stream()
                    .map(entity ->
                            entity.getValue().clearAll(topics(entity.getKey()).base(), on -> false))
                    .toList();
        }
        return Completable.concatArrayDelayError(
                        inOrder.next(() -> home.remove(topics)),
                        Flowable.fromIterable(states)
                                .flatMapCompletable(
                                        state -> state, true, home.options().inFlight()))
                .doFinally(() -> home.forget(this));
    }

    /** Whether one of its entities speaks on a topic. */
    private Predicate<TopicName> isInUse() {
        synchronized (entities) {
            List<LinkedEntity> present = List.copyOf(entities.values());
            return on -> present.stream().anyMatch(entity -> entity.said().contains(on));
        }
    }

    /** Whether one of its entities speaks on a topic. */
    boolean isInUse(TopicName topic) {
        return isInUse().test(topic);
    }

    private Completable clearLeft() {
        List<LinkedEntity> present;
        synchronized (entities) {
            present = List.copyOf(entities.values());
        }
        return Flowable.fromIterable(present)
                .filter(LinkedEntity::hasLeft)
                .concatMapCompletableDelayError(entity -> entity.clearLeft(isInUse()));
    }

    /** All that there is to say again, as it is then: the announcement, then the last states. */
    Flowable<Completable> all() {
        List<LinkedEntity> known;
        List<DiscoveryTopic> topics;
        synchronized (entities) {
            if (!announced) {
                return Flowable.empty();
            }
            known = List.copyOf(entities.values());
            topics = announcedOn();
        }
        return Flowable.fromIterable(topics)
                .map(this::current)
                .concatWith(Flowable.fromIterable(known)
                        .concatMapIterable(LinkedEntity::again)
                        .map(this::whileAnnounced));
    }

    private Completable whileAnnounced(Completable said) {
        return Completable.defer(() -> {
            synchronized (entities) {
                return announced ? said : Completable.complete();
            }
        });
    }

    static ApplicationMessage retained(DiscoveryMessage message) {
        return ApplicationMessage.builder()
                .topic(message.topic().topicName())
                .payload(BinaryData.of(message.payload()))
                .retain(true)
                .build();
    }
}
