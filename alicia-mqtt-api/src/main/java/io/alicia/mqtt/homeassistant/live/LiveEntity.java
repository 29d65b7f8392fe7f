package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.payload.JsonObject;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;

/** An entity of a device of this client. Safe for several threads. */
public interface LiveEntity {

    /** {@return what it is} */
    Component component();

    /**
     * {@return what Home Assistant tells it, as long as somebody listens; retained commands, which Home Assistant does not
     * send unless told so, are left out}
     */
    Flowable<EntityCommand> commands();

    /**
     * {@return what Home Assistant tells it, as the type of the component's commands; what cannot be read is left out here
     * and raw in {@link #commands()}}
     *
     * @param <K> the type of the component's commands
     * @param type the type of the component's commands
     */
    default <K extends EntityCommand> Flowable<K> commands(Class<K> type) {
        return commands().ofType(type);
    }

    /**
     * Publishes its state, in the component's {@code encoding} and an image as {@link EntityState.Bytes}, retained except where Home Assistant wants it otherwise: events and triggers happen once, and a
     * state that expires is not kept.
     *
     * @param state the state
     * @return completes when the server has it
     * @throws IllegalArgumentException if the component has no topic on which that can be said
     */
    Completable publish(EntityState state);

    /**
     * Publishes attributes, retained.
     *
     * @param attributes what else there is to know of the entity
     * @return completes when the server has them
     * @throws IllegalArgumentException if the component has no {@code json_attributes_topic} that is a Topic Name
     */
    Completable publishAttributes(JsonObject attributes);
}
