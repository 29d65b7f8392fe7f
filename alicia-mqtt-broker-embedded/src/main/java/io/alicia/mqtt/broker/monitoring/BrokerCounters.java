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
    private final LongAdder packetsReceived = new LongAdder();
    private final LongAdder packetsSent = new LongAdder();
    private final LongAdder connectsReceived = new LongAdder();
    private final LongAdder publishBytesReceived = new LongAdder();
    private final LongAdder publishBytesSent = new LongAdder();
    private final LongAdder sharedSubscriptions = new LongAdder();
    private final LongAdder subscriptionsRefused = new LongAdder();
    private final LongAdder sessionsExpired = new LongAdder();
    private final LongAdder logInsDelayed = new LongAdder();
    private final LongAdder connectsTooFast = new LongAdder();
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

    /** {@return subscriptions that exist now, the shared ones not counted} */
    public LongAdder subscriptions() {
        return subscriptions;
    }

    /** {@return MQTT Control Packets of any type from clients} */
    public LongAdder packetsReceived() {
        return packetsReceived;
    }

    /** {@return MQTT Control Packets of any type to clients} */
    public LongAdder packetsSent() {
        return packetsSent;
    }

    /** {@return CONNECT packets from clients, those refused among them} */
    public LongAdder connectsReceived() {
        return connectsReceived;
    }

    /** {@return bytes of payload that clients published} */
    public LongAdder publishBytesReceived() {
        return publishBytesReceived;
    }

    /** {@return bytes of payload that clients were sent} */
    public LongAdder publishBytesSent() {
        return publishBytesSent;
    }

    /** {@return shared subscriptions that exist now, one for each member} */
    public LongAdder sharedSubscriptions() {
        return sharedSubscriptions;
    }

    /** {@return subscriptions that clients asked for and were not given, whatever the reason} */
    public LongAdder subscriptionsRefused() {
        return subscriptionsRefused;
    }

    /** {@return sessions that ended because their client did not come back in time} */
    public LongAdder sessionsExpired() {
        return sessionsExpired;
    }

    /** {@return log-ins that were refused unseen, after too many wrong passwords} */
    public LongAdder logInsDelayed() {
        return logInsDelayed;
    }

    /** {@return CONNECT packets that were refused because their address sends too many} */
    public LongAdder connectsTooFast() {
        return connectsTooFast;
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
