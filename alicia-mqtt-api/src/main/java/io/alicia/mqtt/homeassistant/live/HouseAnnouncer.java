package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.DiscoveryMessage;
import io.alicia.mqtt.homeassistant.DiscoveryWriter;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import io.alicia.mqtt.homeassistant.component.InvalidComponentException;
import io.alicia.mqtt.homeassistant.house.HouseDevices;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the devices of the house as they show themselves. What is new of many devices at once, as after a connect, is
 * gathered, so that each device is announced once and not once for each of its topics.
 */
final class HouseAnnouncer {

    private static final Logger LOGGER = LoggerFactory.getLogger(HouseAnnouncer.class);
    private static final long GATHERING_MILLISECONDS = 250;

    private final HomeAssistantLink link;
    private final HomeAssistantOptions options;
    private final DiscoveryWriter writer;
    private final Scheduler scheduler;
    private final InOrder inOrder = new InOrder();
    private final Object lock = new Object();
    private final ToldComponents told = new ToldComponents();
    private final HouseDevices house;
    private final Set<String> changed = new LinkedHashSet<>();
    private final Set<String> announced = new LinkedHashSet<>();

    HouseAnnouncer(HomeAssistantLink link, HomeAssistantOptions options, DiscoveryWriter writer, Scheduler scheduler) {
        this.link = link;
        this.options = options;
        this.writer = writer;
        this.scheduler = scheduler;
        this.house = new HouseDevices(options.origin());
    }

    Disposable start() {
        return Flowable.fromIterable(HouseDevices.filters())
                .flatMap(
                        filter -> link.messages(filter, Qos.AT_LEAST_ONCE),
                        HouseDevices.filters().size())
                .filter(this::showsMore)
                .delay(GATHERING_MILLISECONDS, TimeUnit.MILLISECONDS, scheduler)
                .onBackpressureLatest()
                .concatMapCompletable(unused -> flush(), 1)
                .subscribe(
                        () -> LOGGER.debug("the house is not announced any more: the client is closed"),
                        failure -> LOGGER.error("the house is not announced any more", failure));
    }

    private boolean showsMore(ApplicationMessage message) {
        synchronized (lock) {
            try {
                return house.apply(message.topic(), message.payload().toUtf8())
                        .map(changed::add)
                        .isPresent();
            } catch (PayloadException e) {
                LOGGER.warn("{} is not announced to Home Assistant: {}", message.topic(), e.getMessage());
                return false;
            }
        }
    }

    private Completable flush() {
        return Round.of(Flowable.fromIterable(taken()).map(this::current), options.inFlight());
    }

    private Set<String> taken() {
        synchronized (lock) {
            Set<String> taken = new LinkedHashSet<>(changed);
            changed.clear();
            announced.addAll(taken);
            return taken;
        }
    }

    /** All that there is to say again, as it is then. */
    Flowable<Completable> all() {
        return Flowable.defer(() -> Flowable.fromIterable(known()).map(this::current));
    }

    private Completable current(String id) {
        return inOrder.next(() -> said(id));
    }

    private List<String> known() {
        synchronized (lock) {
            return List.copyOf(announced);
        }
    }

    /** What is announced of the house, with the components of each device. */
    Map<DiscoveryTopic, Set<String>> alive() {
        Map<DiscoveryTopic, Set<String>> alive = new HashMap<>();
        synchronized (lock) {
            for (String id : announced) {
                house.discovery(id)
                        .ifPresent(discovery ->
                                alive.put(topic(id), discovery.components().keySet()));
            }
        }
        return alive;
    }

    /** Names the components of a device that are to be forgotten, then says it without them. */
    Completable clear(DiscoveryTopic on, Map<String, String> gone) {
        return Flowable.fromIterable(known())
                .filter(id -> topic(id).equals(on))
                .doOnNext(id -> told.restore(id, gone))
                .concatMapCompletable(this::current);
    }

    private Completable said(String id) {
        try {
            Optional<DeviceDiscovery> there = discovery(id);
            return there.isPresent() ? said(id, there.get()) : withdrawn(id);
        } catch (InvalidComponentException e) {
            LOGGER.warn("{} is not announced to Home Assistant: {}", id, e.getMessage());
            return Completable.complete();
        }
    }

    private Optional<DeviceDiscovery> discovery(String id) {
        synchronized (lock) {
            return house.discovery(id);
        }
    }

    private Completable withdrawn(String id) {
        List<Map<String, String>> all = told.gone(id, Map.of());
        return publish(writer.removal(topic(id)))
                .doOnSubscribe(unused -> all.forEach(gone -> told.forget(id, gone)))
                .doOnError(unused -> all.forEach(gone -> told.restore(id, gone)));
    }

    /** Handed over one after the other, and not only when the first is acknowledged, so that nothing older comes after it. */
    private Completable said(String id, DeviceDiscovery discovery) {
        DiscoveryMessage whole = writer.message(id, discovery);
        List<Completable> steps = new ArrayList<>();
        for (Map<String, String> gone : told.gone(id, discovery.components())) {
            steps.add(publish(writer.message(id, naming(discovery, gone)))
                    .doOnSubscribe(unused -> told.forget(id, gone))
                    .doOnError(unused -> told.restore(id, gone)));
        }
        steps.add(publish(whole).doOnSubscribe(unused -> told.tell(id, discovery.components())));
        return Completable.mergeDelayError(steps);
    }

    /** What is there under the id of something that is gone comes with the next message. */
    private static DeviceDiscovery naming(DeviceDiscovery discovery, Map<String, String> gone) {
        Map<String, Component> others = new LinkedHashMap<>(discovery.components());
        others.keySet().removeAll(gone.keySet());
        return DeviceDiscovery.builder()
                .from(discovery)
                .components(others)
                .putAllRemovedComponents(gone)
                .build();
    }

    private Completable publish(DiscoveryMessage message) {
        return link.publish(LinkedDevice.retained(message));
    }

    private DiscoveryTopic topic(String id) {
        return DiscoveryTopic.of(options.discoveryPrefix(), DiscoveryTopic.DEVICE, id);
    }
}
