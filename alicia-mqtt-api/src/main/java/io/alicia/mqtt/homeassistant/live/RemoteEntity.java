package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.DiscoveredComponent;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.payload.JsonObject;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;

/** An entity that somebody else has announced. Safe for several threads. */
public interface RemoteEntity {

    /** {@return what was announced} */
    DiscoveredComponent discovered();

    /**
     * {@return what is known of it each time that it says something, the retained state first; what cannot be read is in
     * {@link #unreadable()}} Retained events and infrared messages are ignored, as Home Assistant does, and a binary sensor
     * with {@code off_delay} goes off by itself.
     */
    Flowable<EntityState> states();

    /**
     * {@return its attributes each time that it says them, the retained ones first; none if it names no topic for them. What
     * cannot be read is in {@link #unreadable()}}
     */
    Flowable<JsonObject> attributes();

    /**
     * {@return whether it is available, now and at each change, as Home Assistant decides it: not before it has said so,
     * always if it names no topic for it} With {@code expire_after} it is not before its first message either, and not when it
     * has said nothing for that long.
     */
    Flowable<Boolean> availability();

    /** {@return why messages could not be read, as long as somebody listens to {@link #states()} or {@link #attributes()}} */
    Flowable<String> unreadable();

    /**
     * Tells it something, as Home Assistant would.
     *
     * @param command the command
     * @return completes when the server has it; fails if a template cannot be evaluated
     * @throws IllegalArgumentException if the component has no topic on which that can be said, or does not announce what is
     *     to be set
     */
    Completable send(EntityCommand command);
}
