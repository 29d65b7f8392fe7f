package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.DeviceChange;
import io.alicia.mqtt.homeassistant.DiscoveredComponent;
import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.message.ApplicationMessage;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Home Assistant as an MQTT client sees it: devices are announced to it, and what others announce to it can be seen.
 *
 * <pre>{@code
 * LiveDevice hall = homeAssistant.device("hall", Device.builder().addIdentifiers("hall").name("Hall").build());
 * LiveEntity lamp = hall.light("lamp", options -> options.name("Lamp").brightness(true));
 * lamp.commands(LightCommand.class).subscribe(command -> {
 *     bulb.apply(command);
 *     lamp.publish(LightState.builder().on(bulb.isOn()).brightness(bulb.brightness()).build()).subscribe();
 * });
 * hall.announce().subscribe();
 * }</pre>
 *
 * <p>Announced devices are announced again at each connect and, after a random delay, each time Home Assistant says that it
 * has come up; their last states follow. Safe for several threads; nothing blocks.
 */
public interface HomeAssistant extends AutoCloseable {

    /**
     * Speaks with Home Assistant over a client.
     *
     * @param link the client
     * @param options how entities are announced; the client has to connect with their {@link HomeAssistantOptions#will()}
     * @param scheduler waits, in virtual time in a test
     * @param random chooses how long to wait
     * @return to be closed
     */
    static HomeAssistant over(
            HomeAssistantLink link, HomeAssistantOptions options, Scheduler scheduler, RandomGenerator random) {
        return new LinkedHomeAssistant(link, options, scheduler, random);
    }

    /**
     * A device of this client.
     *
     * @param id its id in topics: letters, digits, {@code _} and {@code -}
     * @param device what is known of it
     * @return the device, to be given entities and announced
     * @throws IllegalArgumentException if the id has other characters or is taken
     */
    LiveDevice device(String id, Device device);

    /** {@return whether Home Assistant is there, as far as it has said} */
    Flowable<Boolean> status();

    /**
     * {@return what is announced, by whomever: what is there already first, then what appears, changes, vanishes or is
     * refused; each subscriber sees it from the beginning} What a device message merely leaves out has not vanished, see {@link
     * io.alicia.mqtt.homeassistant.DiscoveredHome}.
     */
    Flowable<DiscoveryChange> discovered();

    /**
     * {@return the devices of what is announced, by whomever: those that are there already first, then what appears, changes
     * and vanishes; each subscriber sees it from the beginning} Messages that announce something of the same device are put
     * together, see {@link io.alicia.mqtt.homeassistant.DiscoveredDevices}; what has no device is in {@link #discovered()} alone,
     * as is what is refused.
     */
    Flowable<DeviceChange> discoveredDevices();

    /**
     * {@return the messages on the discovery topics as they come, unread: what is retained first, then what is published; ends
     * when the client is closed}
     */
    Flowable<ApplicationMessage> announcements();

    /**
     * {@return the messages on topics below the discovery prefix that end in {@code config} as discovery topics do, and have
     * too few or too many levels (up to eight below the prefix): Home Assistant does not listen there, and nobody tells who
     * announces something so; ends when the client is closed}
     */
    Flowable<ApplicationMessage> misplaced();

    /**
     * An entity that somebody has announced, to be used from here.
     *
     * @param component what was announced
     * @param engine evaluates its templates
     * @return the entity
     */
    RemoteEntity entity(DiscoveredComponent component, TemplateEngine engine);

    /**
     * What was announced with this client's origin in an earlier life and is no more: devices that it does not have now, and
     * entities that its devices do not have now. To be asked for when the devices have their entities and before they are
     * announced, because an announcement takes the place of the one before. Where the house announces itself its devices are
     * not among them, as nobody knows of one that has said nothing yet whether it is gone: see {@link #silent}.
     *
     * @param settling how long to wait for retained announcements
     * @return what is left of it; fails with {@link IllegalStateException} where the origin may be other clients' as well, see
     *     {@link HomeAssistantLink#hasOriginOfItsOwn()}
     */
    Single<List<Orphan>> orphans(Duration settling);

    /**
     * What the house announced in an earlier life of this client and has not shown since this client is there: sensors that sleep
     * as well as those that are gone, and what a device has not said again. Who knows that something is gone can {@link #clear} it.
     *
     * @param settling how long to wait for retained announcements
     * @return what has been silent so far; nothing where the house does not announce itself; fails as {@link #orphans} does
     */
    Single<List<Orphan>> silent(Duration settling);

    /**
     * Removes what is no more, so that Home Assistant forgets it; the other entities of its device stay. What it has left
     * retained on {@linkplain Orphan#states() topics of its own} is taken back.
     *
     * @param orphans such as {@link #orphans} and {@link #silent} give
     * @return completes when the server has the removals; fails after all have been tried if it has refused one
     */
    Completable clear(Collection<Orphan> orphans);

    /**
     * Removes announcements.
     *
     * @param topics their topics
     * @return completes when the server has the removals; fails after all have been tried if it has refused one
     */
    Completable remove(Collection<DiscoveryTopic> topics);

    /**
     * Says that this client is gone and announces nothing more; what was announced stays. To be done before the client is
     * closed, because a client that says goodbye to its server leaves no will.
     *
     * @return completes when the server has it
     */
    Completable closeAsync();

    /** {@link #closeAsync()}, without waiting for it. */
    @Override
    void close();
}
