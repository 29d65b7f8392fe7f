package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.DiscoveryMessage;
import io.alicia.mqtt.homeassistant.DiscoveryWriter;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link LiveDevice} over a link: says what its {@link DeviceContents} are, one message after the other. */
final class LinkedDevice implements LiveDevice {

    private static final Logger LOGGER = LoggerFactory.getLogger(LinkedDevice.class);

    private final LinkedHomeAssistant home;
    private final DiscoveryWriter writer;
    private final DiscoveryTopic topic;
    private final DeviceContents contents;
    private final InOrder inOrder = new InOrder();
    private final Completable removal = Completable.defer(this::withdrawnWhole).cache();

    LinkedDevice(LinkedHomeAssistant home, DiscoveryWriter writer, DiscoveryTopic topic, Device device) {
        this.home = home;
        this.writer = writer;
        this.topic = topic;
        this.contents = new DeviceContents(topic, device, writer, new DeviceMessages(home.options()), home.uniqueIds());
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
        return contents.device();
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
        return contents.add(id, tied, () -> new LinkedEntity(this, home.link(), id, tied));
    }

    private Component tied(Component component) {
        return ClientAvailability.tied(component, home.options().availabilityTopic());
    }

    @Override
    public LiveEntity replace(String entityId, Component component) {
        LinkedEntity entity = contents.become(entityId, tied(component));
        // Before anybody can hear of the new topics.
        entity.listenAnew();
        contents.became(entityId, entity);
        return entity;
    }

    @Override
    public void describe(Device as) {
        contents.describe(as);
    }

    @Override
    public Completable announce() {
        List<DiscoveryMessage> current = contents.announced();
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
        List<EntityShape> shapes =
                contents.entities().stream().map(LinkedEntity::shape).toList();
        ForbiddenTopics.of(home.link(), shapes)
                .ifPresent(reason -> LOGGER.warn("device {} is announced, but: {}", id(), reason));
    }

    /** What is said of an entity; where its device is announced and it is not, it is announced first. */
    Completable announced(String id, Completable said) {
        return Completable.defer(() -> {
            Optional<DiscoveryMessage> before = contents.unsaid(id);
            warn(before.stream().toList());
            // Handed over one after the other, and not only when the first is acknowledged: later states do not wait.
            return before.map(message -> Completable.mergeArrayDelayError(current(message.topic()), said))
                    .orElse(said);
        });
    }

    @Override
    public Completable announceInPlaceOf(Collection<DiscoveryTopic> topics) {
        return stepByStep(contents.together(topics));
    }

    @Override
    public Completable announceEntitiesApart() {
        return stepByStep(contents.apart());
    }

    /** Nothing is taken back before what takes its place is there. */
    private Completable stepByStep(DeviceContents.Announcement steps) {
        warnOfPolicy();
        return Flowable.fromIterable(steps.messages())
                .concatMapCompletable(this::inTurn)
                .doOnComplete(steps.then()::run)
                .andThen(Completable.defer(this::clearLeft));
    }

    private Completable inTurn(DiscoveryMessage message) {
        return inOrder.next(() -> publish(message));
    }

    private Completable publish(DiscoveryMessage message) {
        return home.link().publish(retained(message));
    }

    /** Says what is announced on a topic when it is its turn; nothing if that is withdrawn by then. */
    private Completable current(DiscoveryTopic on) {
        return inOrder.next(() -> contents.announcement(on)
                .map(said -> Flowable.fromIterable(said.messages())
                        .concatMapCompletable(this::publish)
                        .doOnComplete(said.then()::run))
                .orElse(Completable.complete()));
    }

    /** The topics on which it is announced, each with the ids of the components that the message there has. */
    Map<DiscoveryTopic, Set<String>> alive() {
        return contents.alive();
    }

    /** Home Assistant forgets a component when it is named without anything and then not named any more. */
    Completable clear(Map<String, String> forgotten) {
        return inOrder.next(() -> publish(contents.naming(forgotten))).andThen(Completable.defer(this::announce));
    }

    @Override
    public Completable remove(String entityId) {
        LinkedEntity entity = contents.known(entityId);
        return Completable.defer(() -> contents.removed(entityId, entity)
                .map(removed -> removed(entityId, entity, removed))
                .orElse(Completable.complete()));
    }

    private Completable removed(String id, LinkedEntity entity, DeviceContents.Removed removed) {
        entity.end();
        String component = entity.component().component();
        return removed.named()
                .map(on -> withdrawn(on, Map.of(id, component)))
                .orElse(Completable.complete())
                .andThen(entity.clearAll(topics(id).base(), isInUse()));
    }

    private Completable withdrawn(DiscoveryTopic on, Map<String, String> forgotten) {
        return on.isDevice()
                ? inOrder.next(() -> publish(contents.naming(forgotten))).andThen(Completable.defer(() -> current(on)))
                : inTurn(writer.removal(on));
    }

    @Override
    public Completable remove() {
        return removal;
    }

    private Completable withdrawnWhole() {
        DeviceContents.Ended ended = contents.end();
        ended.entities().values().forEach(LinkedEntity::end);
        List<Completable> states = ended.entities().entrySet().stream()
                .map(entity ->
                        entity.getValue().clearAll(topics(entity.getKey()).base(), on -> false))
                .toList();
        return Completable.concatArrayDelayError(
                        inOrder.next(() -> home.remove(ended.topics())),
                        Flowable.fromIterable(states)
                                .flatMapCompletable(
                                        state -> state, true, home.options().inFlight()))
                .doFinally(() -> home.forget(this));
    }

    /** Whether one of its entities speaks on a topic. */
    private Predicate<TopicName> isInUse() {
        List<LinkedEntity> present = contents.entities();
        return on -> present.stream().anyMatch(entity -> entity.said().contains(on));
    }

    /** Whether one of its entities speaks on a topic. */
    boolean isInUse(TopicName topic) {
        return isInUse().test(topic);
    }

    private Completable clearLeft() {
        return Flowable.fromIterable(contents.entities())
                .filter(LinkedEntity::hasLeft)
                .concatMapCompletableDelayError(entity -> entity.clearLeft(isInUse()));
    }

    /** All that there is to say again, as it is then: the announcement, then the last states. */
    Flowable<Completable> all() {
        return Flowable.fromOptional(contents.present())
                .concatMap(present -> Flowable.fromIterable(present.topics())
                        .map(this::current)
                        .concatWith(Flowable.fromIterable(present.entities())
                                .concatMapIterable(LinkedEntity::again)
                                .map(this::whileAnnounced)));
    }

    private Completable whileAnnounced(Completable said) {
        return Completable.defer(() -> contents.isAnnounced() ? said : Completable.complete());
    }

    static ApplicationMessage retained(DiscoveryMessage message) {
        return ApplicationMessage.builder()
                .topic(message.topic().topicName())
                .payload(BinaryData.of(message.payload()))
                .retain(true)
                .build();
    }
}
