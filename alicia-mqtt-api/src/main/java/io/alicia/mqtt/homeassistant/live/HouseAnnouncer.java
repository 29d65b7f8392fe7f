package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.DiscoveryMessage;
import io.alicia.mqtt.homeassistant.DiscoveryWriter;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import io.alicia.mqtt.homeassistant.component.InvalidComponentException;
import io.alicia.mqtt.homeassistant.house.HouseDevices;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.HashMap;
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
        return inOrder.next(() -> said(message(id)));
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
                .concatMapCompletable(
                        id -> inOrder.next(() -> said(naming(id, gone))).andThen(current(id)));
    }

    private Optional<DiscoveryMessage> naming(String id, Map<String, String> gone) {
        synchronized (lock) {
            return house.discovery(id)
                    .map(discovery -> DeviceDiscovery.builder()
                            .from(discovery)
                            .putAllRemovedComponents(gone)
                            .build())
                    .map(discovery -> writer.message(id, discovery));
        }
    }

    private Completable said(Optional<DiscoveryMessage> message) {
        return message.map(LinkedDevice::retained).map(link::publish).orElse(Completable.complete());
    }

    private DiscoveryTopic topic(String id) {
        return DiscoveryTopic.of(options.discoveryPrefix(), DiscoveryTopic.DEVICE, id);
    }

    private Optional<DiscoveryMessage> message(String id) {
        synchronized (lock) {
            try {
                return Optional.of(house.discovery(id)
                        .map(discovery -> writer.message(id, discovery))
                        .orElseGet(() -> writer.removal(topic(id))));
            } catch (InvalidComponentException e) {
                LOGGER.warn("{} is not announced to Home Assistant: {}", id, e.getMessage());
                return Optional.empty();
            }
        }
    }
}
