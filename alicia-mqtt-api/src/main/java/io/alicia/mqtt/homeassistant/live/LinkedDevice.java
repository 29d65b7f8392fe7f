package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.DiscoveryMessage;
import io.alicia.mqtt.homeassistant.DiscoveryWriter;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link LiveDevice} over a link. */
final class LinkedDevice implements LiveDevice {

    private static final Logger LOGGER = LoggerFactory.getLogger(LinkedDevice.class);

    private final LinkedHomeAssistant home;
    private final DiscoveryWriter writer;
    private final DiscoveryTopic topic;
    private final Device device;
    private final Map<String, LinkedEntity> entities = new LinkedHashMap<>();
    private final InOrder inOrder = new InOrder();
    private @Nullable Map<DiscoveryTopic, DiscoveryMessage> messages;
    private boolean apart;
    private boolean announced;

    LinkedDevice(LinkedHomeAssistant home, DiscoveryWriter writer, DiscoveryTopic topic, Device device) {
        this.home = home;
        this.writer = writer;
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
    public EntityTopics topics(String entityId) {
        String id = DiscoveryTopic.requireObjectId(entityId);
        return new EntityTopics(TopicName.of(home.options().baseTopic() + "/" + id() + "/" + id), id() + "_" + id);
    }

    @Override
    public LiveEntity add(String entityId, Component component) {
        String id = DiscoveryTopic.requireObjectId(entityId);
        Component tied = ClientAvailability.tied(component, home.options().availabilityTopic());
        LinkedEntity entity = new LinkedEntity(home.link(), tied);
        synchronized (entities) {
            if (entities.containsKey(id)) {
                throw new IllegalArgumentException("the device " + id() + " has an entity " + id + " already");
            }
            // A wrong component is refused where it is added, not when the device is announced.
            message(described().putComponents(id, tied));
            home.uniqueIds().claim(id(), id, tied);
            entities.put(id, entity);
            messages = null;
        }
        return entity;
    }

    private DeviceDiscovery.Builder described() {
        DeviceDiscovery.Builder builder =
                DeviceDiscovery.builder().device(device).origin(home.options().origin());
        home.options().availability().ifPresent(builder::addAvailability);
        return builder;
    }

    /** Made once for all the times that it is said, until there is another entity or it is said in another way. */
    private Map<DiscoveryTopic, DiscoveryMessage> messages() {
        Map<DiscoveryTopic, DiscoveryMessage> known = messages;
        if (known == null) {
            DeviceDiscovery.Builder builder = described();
            entities.forEach((id, entity) -> builder.putComponents(id, entity.component()));
            known = new LinkedHashMap<>();
            for (DiscoveryMessage made : apart ? writer.apart(id(), builder.build()) : List.of(message(builder))) {
                known.put(made.topic(), made);
            }
            messages = known;
        }
        return known;
    }

    private List<DiscoveryTopic> announcedOn() {
        return List.copyOf(messages().keySet());
    }

    private DiscoveryMessage message(DeviceDiscovery.Builder discovery) {
        return writer.message(id(), discovery.build());
    }

    @Override
    public Completable announce() {
        List<DiscoveryMessage> current;
        synchronized (entities) {
            announced = true;
            current = List.copyOf(messages().values());
        }
        current.stream()
                .flatMap(message -> message.hints().stream())
                .forEach(hint -> LOGGER.warn("device {} is announced, but: {}", id(), hint));
        return Flowable.fromIterable(current)
                .map(DiscoveryMessage::topic)
                .concatMapCompletableDelayError(this::current);
    }

    @Override
    public Completable announceInPlaceOf(Collection<DiscoveryTopic> topics) {
        List<DiscoveryMessage> migration;
        synchronized (entities) {
            Set<DiscoveryTopic> before = new LinkedHashSet<>(topics);
            if (apart) {
                before.addAll(announcedOn());
            }
            migration = migration(before, false);
        }
        return stepByStep(migration);
    }

    @Override
    public Completable announceEntitiesApart() {
        List<DiscoveryMessage> migration;
        synchronized (entities) {
            migration = apart ? List.copyOf(messages().values()) : migration(List.of(topic), true);
        }
        return stepByStep(migration);
    }

    private List<DiscoveryMessage> migration(Collection<DiscoveryTopic> before, boolean eachForItself) {
        announced = true;
        apart = eachForItself;
        messages = null;
        return writer.migration(before, messages().values());
    }

    /** Nothing is taken back before what takes its place is there. */
    private Completable stepByStep(List<DiscoveryMessage> said) {
        return Flowable.fromIterable(said).concatMapCompletable(this::inTurn);
    }

    private Completable inTurn(DiscoveryMessage message) {
        return inOrder.next(() -> home.link().publish(retained(message)));
    }

    /** Says what is announced on a topic when it is its turn; nothing if that is withdrawn by then. */
    private Completable current(DiscoveryTopic on) {
        return inOrder.next(() -> announcement(on)
                .map(LinkedDevice::retained)
                .map(home.link()::publish)
                .orElse(Completable.complete()));
    }

    private Optional<DiscoveryMessage> announcement(DiscoveryTopic on) {
        synchronized (entities) {
            return announced ? Optional.ofNullable(messages().get(on)) : Optional.empty();
        }
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
    Completable clear(Map<String, String> gone) {
        DiscoveryMessage naming;
        synchronized (entities) {
            DeviceDiscovery.Builder builder = described();
            entities.forEach((id, entity) -> builder.putComponents(id, entity.component()));
            naming = message(builder.putAllRemovedComponents(gone));
        }
        return inTurn(naming).andThen(Completable.defer(this::announce));
    }

    @Override
    public Completable remove() {
        List<DiscoveryTopic> topics;
        synchronized (entities) {
            announced = false;
            topics = apart ? announcedOn() : List.of(topic);
        }
        home.forget(this);
        return inOrder.next(() -> home.remove(topics));
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
