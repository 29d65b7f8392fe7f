package io.alicia.mqtt.broker.monitoring;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a broker has done since its start. Counting costs no thread another one's time; a sum is exact when nothing
 * happens meanwhile. Safe for any number of threads.
 */
public final class BrokerCounters {

    private final LongAdder connectionsOpened = new LongAdder();
    private final LongAdder clientsConnected = new LongAdder();
    private final LongAdder clientsRefused = new LongAdder();
    private final LongAdder clientsDisconnected = new LongAdder();
    private final LongAdder publishesReceived = new LongAdder();
    private final LongAdder publishesSent = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private final LongAdder subscriptions = new LongAdder();
    private final Map<DropCause, LongAdder> dropped = new EnumMap<>(DropCause.class);

    /** All zero. */
    public BrokerCounters() {
        for (DropCause cause : DropCause.values()) {
            dropped.put(cause, new LongAdder());
        }
    }

    /** {@return connections that were accepted, whether or not a CONNECT came} */
    public LongAdder connectionsOpened() {
        return connectionsOpened;
    }

    /** {@return clients that were let in} */
    public LongAdder clientsConnected() {
        return clientsConnected;
    }

    /** {@return clients that were not let in} */
    public LongAdder clientsRefused() {
        return clientsRefused;
    }

    /** {@return clients that had been let in and are gone} */
    public LongAdder clientsDisconnected() {
        return clientsDisconnected;
    }

    /** {@return PUBLISH packets from clients} */
    public LongAdder publishesReceived() {
        return publishesReceived;
    }

    /** {@return PUBLISH packets to clients} */
    public LongAdder publishesSent() {
        return publishesSent;
    }

    /** {@return bytes of MQTT from clients} */
    public LongAdder bytesReceived() {
        return bytesReceived;
    }

    /** {@return bytes of MQTT to clients} */
    public LongAdder bytesSent() {
        return bytesSent;
    }

    /** {@return subscriptions that exist now} */
    public LongAdder subscriptions() {
        return subscriptions;
    }

    /** {@return messages dropped for one cause}
     * @param cause the cause
     */
    public LongAdder dropped(DropCause cause) {
        LongAdder adder = dropped.get(cause);
        if (adder == null) {
            throw new IllegalStateException("no counter for " + cause);
        }
        return adder;
    }
}
