package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.BrokerListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registered listeners; without any an event costs one comparison. */
public final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final List<BrokerListener> listeners;

    /**
     * Calls these, in their order.
     *
     * @param listeners who hears
     */
    public Events(List<BrokerListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** Whether nobody hears: then an event need not even be made. */
    boolean none() {
        return listeners.isEmpty();
    }

    /** Whether somebody wants to hear of packets, now. */
    boolean listensToPackets() {
        for (BrokerListener listener : listeners) {
            if (listener.listensToPackets()) {
                return true;
            }
        }
        return false;
    }

    void tell(Consumer<BrokerListener> event) {
        for (BrokerListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a broker listener failed: {}", listener, e);
            }
        }
    }
}
