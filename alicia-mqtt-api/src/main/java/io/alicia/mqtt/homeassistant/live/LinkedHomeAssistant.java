package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.DeviceChange;
import io.alicia.mqtt.homeassistant.DiscoveredComponent;
import io.alicia.mqtt.homeassistant.DiscoveredDevices;
import io.alicia.mqtt.homeassistant.DiscoveredHome;
import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.DiscoveryWriter;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link HomeAssistant} over a link. */
final class LinkedHomeAssistant implements HomeAssistant {

    private static final Logger LOGGER = LoggerFactory.getLogger(LinkedHomeAssistant.class);

    /** How many levels below the prefix a topic has at most that somebody may mean as one of discovery. */
    private static final int MOST_LEVELS = 8;

    private final HomeAssistantLink link;
    private final HomeAssistantOptions options;
    private final Scheduler scheduler;
    private final DiscoveryWriter writer;
    private final Announcer announcer;
    private final HouseAnnouncer house;
    private final UniqueIds uniqueIds = new UniqueIds();
    private final CompositeDisposable announcing = new CompositeDisposable();
    private final Map<String, LinkedDevice> devices = new LinkedHashMap<>();

    LinkedHomeAssistant(
            HomeAssistantLink link, HomeAssistantOptions options, Scheduler scheduler, RandomGenerator random) {
        this.link = link;
        this.options = options;
        this.scheduler = scheduler;
        DiscoveryWriter abbreviating = DiscoveryWriter.create().withPrefix(options.discoveryPrefix());
        this.writer = options.abbreviated() ? abbreviating : abbreviating.withFullNames();
        this.announcer = new Announcer(link, options, scheduler, random);
        this.house = new HouseAnnouncer(link, options, writer, scheduler);
        announcing.add(announcer.start(this::all));
        if (options.announcesHouse()) {
            announcing.add(house.start());
        }
    }

    HomeAssistantLink link() {
        return link;
    }

    HomeAssistantOptions options() {
        return options;
    }

    UniqueIds uniqueIds() {
        return uniqueIds;
    }

    private Flowable<Completable> all() {
        return Flowable.fromIterable(devices()).concatMap(LinkedDevice::all).concatWith(house.all());
    }

    private List<LinkedDevice> devices() {
        synchronized (devices) {
            return List.copyOf(devices.values());
        }
    }

    @Override
    public LiveDevice device(String id, Device device) {
        DiscoveryTopic topic = DiscoveryTopic.of(options.discoveryPrefix(), DiscoveryTopic.DEVICE, id);
        LinkedDevice added = new LinkedDevice(this, writer, topic, device);
        synchronized (devices) {
            if (devices.putIfAbsent(id, added) != null) {
                throw new IllegalArgumentException("there is a device " + id + " already");
            }
        }
        return added;
    }

    void forget(LinkedDevice device) {
        synchronized (devices) {
            if (devices.remove(device.id(), device)) {
                uniqueIds.release(device.id());
            }
        }
    }

    @Override
    public Flowable<Boolean> status() {
        return announcer.status();
    }

    @Override
    public Flowable<DiscoveryChange> discovered() {
        return changes().concatMapIterable(changes -> changes);
    }

    @Override
    public Flowable<DeviceChange> discoveredDevices() {
        return Flowable.defer(() -> {
            DiscoveredDevices devices = DiscoveredDevices.create();
            return changes().concatMapIterable(devices::apply);
        });
    }

    /** What each message changes. */
    private Flowable<List<DiscoveryChange>> changes() {
        return Flowable.defer(() -> {
            DiscoveredHome home = DiscoveredHome.withPrefix(options.discoveryPrefix());
            return announcements()
                    .map(message -> home.apply(
                            message.topic().value(), message.payload().toByteArray()));
        });
    }

    @Override
    public Flowable<ApplicationMessage> announcements() {
        String prefix = options.discoveryPrefix();
        // In one stream: a migration says something on topics of both kinds, and in an order that counts.
        return link.messages(
                List.of(TopicFilter.of(prefix + "/+/+/config"), TopicFilter.of(prefix + "/+/+/+/config")),
                Qos.AT_LEAST_ONCE);
    }

    @Override
    public Flowable<ApplicationMessage> misplaced() {
        List<TopicFilter> filters = IntStream.rangeClosed(0, MOST_LEVELS - 1)
                .filter(levels -> levels != 2 && levels != 3)
                .mapToObj(levels -> TopicFilter.of(options.discoveryPrefix() + "/" + "+/".repeat(levels) + "config"))
                .toList();
        return link.messages(filters, Qos.AT_LEAST_ONCE);
    }

    @Override
    public RemoteEntity entity(DiscoveredComponent component, TemplateEngine engine) {
        return new LinkedRemoteEntity(link, component, engine, scheduler);
    }

    @Override
    public Single<List<Orphan>> orphans(Duration settling) {
        return earlierLife(settling).map(Orphans::gone);
    }

    @Override
    public Single<List<Orphan>> silent(Duration settling) {
        return earlierLife(settling).map(Orphans::silent);
    }

    private Single<Orphans> earlierLife(Duration settling) {
        if (!link.hasOriginOfItsOwn()) {
            return Single.error(
                    new IllegalStateException("the origin " + options.origin().name()
                            + " may be that of other clients as well, so what was announced with it may be theirs: give"
                            + " HomeAssistantOptions an origin, or the client an identifier, that is its own"));
        }
        return announcements()
                .filter(ApplicationMessage::retain)
                .takeUntil(Flowable.timer(settling.toMillis(), TimeUnit.MILLISECONDS, scheduler))
                .toList()
                .map(messages -> Orphans.of(messages, options, alive()));
    }

    private Map<DiscoveryTopic, Set<String>> alive() {
        Map<DiscoveryTopic, Set<String>> alive = new HashMap<>(house.alive());
        devices().forEach(device -> alive.putAll(device.alive()));
        return alive;
    }

    @Override
    public Completable clear(Collection<Orphan> orphans) {
        List<DiscoveryTopic> whole = orphans.stream()
                .filter(orphan -> orphan.componentId().isEmpty())
                .map(Orphan::topic)
                .toList();
        Map<DiscoveryTopic, Map<String, String>> parts = new LinkedHashMap<>();
        orphans.forEach(orphan -> orphan.componentId()
                .ifPresent(id -> parts.computeIfAbsent(orphan.topic(), unused -> new LinkedHashMap<>())
                        .put(id, orphan.component())));
        return Completable.concatArrayDelayError(
                remove(whole),
                Flowable.fromIterable(devices())
                        .filter(device -> parts.containsKey(device.topic()))
                        .concatMapCompletableDelayError(
                                device -> device.clear(parts.getOrDefault(device.topic(), Map.of()))),
                Flowable.fromIterable(parts.entrySet())
                        .concatMapCompletableDelayError(part -> house.clear(part.getKey(), part.getValue())),
                Completable.defer(() -> clearStates(orphans)));
    }

    private Completable clearStates(Collection<Orphan> orphans) {
        List<LinkedDevice> present = devices();
        return Flowable.fromIterable(orphans)
                .flatMapIterable(Orphan::states)
                .distinct()
                .filter(topic -> present.stream().noneMatch(device -> device.isInUse(topic)))
                .map(LinkedEntity::cleared)
                .flatMapCompletable(link::publish, true, options.inFlight());
    }

    @Override
    public Completable remove(Collection<DiscoveryTopic> topics) {
        return Flowable.fromIterable(List.copyOf(topics))
                .map(topic -> LinkedDevice.retained(writer.removal(topic)))
                .flatMapCompletable(link::publish, true, options.inFlight());
    }

    @Override
    public Completable closeAsync() {
        return Completable.defer(() -> {
            announcing.dispose();
            return announcer.presence(false);
        });
    }

    @Override
    public void close() {
        Disposable unused = closeAsync()
                .subscribe(
                        () -> LOGGER.debug("said goodbye to Home Assistant"),
                        failure -> LOGGER.debug("no goodbye to Home Assistant: the will says it", failure));
    }
}
