package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.payload.JsonObject;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;

/** An entity of a device of this client. Safe for several threads. */
public interface LiveEntity {

    /** {@return what it is; another one after {@link LiveDevice#replace}} */
    Component component();

    /**
     * {@return what Home Assistant tells it, as long as somebody listens and it is not removed; retained commands count only
     * where the component's {@code retain} tells Home Assistant to send such, and come again at each connect then}
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
     * state that expires is not kept. If its device is announced and it is not, as what was added later, it is announced first.
     *
     * @param state the state
     * @return completes when the server has it
     * @throws IllegalArgumentException if the component has no topic on which that can be said
     * @throws IllegalStateException if it or its device has been removed
     */
    Completable publish(EntityState state);

    /**
     * Publishes attributes, retained.
     *
     * @param attributes what else there is to know of the entity
     * @return completes when the server has them
     * @throws IllegalArgumentException if the component has no {@code json_attributes_topic} that is a Topic Name
     * @throws IllegalStateException if it or its device has been removed
     */
    Completable publishAttributes(JsonObject attributes);
}
