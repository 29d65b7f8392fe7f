package io.alicia.mqtt.spi;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;

/**
 * One client session over any number of successive network connections: what is in flight with QoS 1 and 2 in either
 * direction belongs to it and survives from one connection to the next as long as the server keeps the session.
 *
 * <p>At most one connection at a time, and never a new one unasked: whoever holds the transport decides when to connect
 * again. Safe for several threads; no method blocks.
 */
public interface MqttTransport {

    /**
     * Connects, when somebody subscribes. Fails with {@link io.alicia.mqtt.connection.ConnectFailedException}, or {@link
     * IllegalStateException} if a connection exists, is under way, or the transport is closed. Cancelling gives the attempt
     * up and closes what was opened; another one may follow.
     */
    Single<MqttConnection> connect(ConnectRequest request);

    /**
     * All that arrives, over all connections, for one subscriber: to be subscribed once, before the first connect, so that
     * not even the first message of a session that the server kept is missed. Calls are serialised, and come from the
     * transport's thread or from the one that requests. Completes when the transport is closed.
     *
     * <p>Without demand QoS 1 and 2 wait unacknowledged, so that the receive maximum stops the server; QoS 0 waits in a bounded
     * queue, of 65,535 messages at the very most, and is dropped when that is full.
     */
    Flowable<Delivery> deliveries();

    /**
     * Closes for good: the network connection without a goodbye if there is one, then every thread of the transport. Completes
     * when they have ended; whatever was in flight fails. A second call does the same and nothing more.
     */
    Completable close();
}
