package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.session.ListenerSettings;
import java.util.function.Supplier;

/**
 * A listener to start.
 *
 * @param endpoint where
 * @param layers what it speaks below MQTT
 * @param maxConnections how many clients at once; -1 for no limit
 * @param current what holds for the clients that come now
 */
public record ListenerSpec(Endpoint endpoint, Layers layers, int maxConnections, Supplier<ListenerSettings> current) {

    /** {@return what holds for a client that comes now} */
    public ListenerSettings settings() {
        return current.get();
    }
}
