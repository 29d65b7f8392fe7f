package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.security.ClientAccess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The will that a session has, from CONNECT until it is published or no longer due (MQTT 5 §3.1.2.5). Belongs to the
 * session's event loop.
 */
final class SessionWill {

    private final Broker broker;
    private final Session session;
    private @Nullable PendingWill pending;
    private Runnable stopDelay = () -> {};

    SessionWill(Broker broker, Session session) {
        this.broker = broker;
        this.session = session;
    }

    /** {@return what is still to be published, or null} */
    @Nullable
    PendingWill pendingOrNull() {
        return pending;
    }

    /** Whether there is one that does not wait when its connection has ended. */
    boolean isWithoutDelay() {
        return pending != null && pending.will().delayIntervalSeconds() == 0;
    }

    /** Another one, or none, in its place. */
    void replace(@Nullable PendingWill other) {
        long before = pending == null ? 0 : pending.weightBytes();
        pending = other;
        long now = other == null ? 0 : other.weightBytes();
        if (now != before) {
            broker.budget().add(now - before);
        }
    }

    /**
     * Its client has been away for so long: publishes it, or does so when what is left of its delay is over.
     *
     * @param publish does it then
     */
    void publishInTime(long awayMillis, Runnable publish) {
        if (pending != null) {
            long delayMillis = pending.will().delayIntervalSeconds() * 1000 - awayMillis;
            if (delayMillis <= 0) {
                publish();
            } else {
                stopDelay = broker.timers().schedule(session.home(), Duration.ofMillis(delayMillis), publish);
            }
        }
    }

    /** It does not wait any more, whatever becomes of it. */
    void stopWaiting() {
        stopDelay.run();
    }

    /** Publishes it if there is one, and if its client may. */
    void publish() {
        PendingWill due = pending;
        ClientAccess publisher = session.access();
        replace(null);
        if (due == null || publisher == null) {
            return;
        }
        // Allowed at CONNECT, but the rules may have changed since.
        if (publisher.mayPublish(due.topic())) {
            publishAsAWhole(due.message(
                    broker.clock().millis(), session.clientIdentifier(), publisher.account(), session.listener()));
        } else {
            broker.denials().publish(publisher, session.clientIdentifier(), due.topic());
        }
    }

    /** What comes next says that the will is gone: never without what says who has it. */
    private void publishAsAWhole(Message message) {
        Arrivals arrivals = new Arrivals();
        arrivals.expect();
        arrivals.whenAll(broker.store().together());
        try {
            broker.router().publish(message, session, session.home(), arrivals);
        } finally {
            arrivals.arrived();
        }
    }
}
