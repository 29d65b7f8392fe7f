package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.broker.security.Security;
import java.util.function.Predicate;

/**
 * Whether who published a retained message could do so now, too ({@code check_retain_source}), by the listener that the
 * message came by: the subscriber's may have rules of its own.
 */
final class RetainSource implements Predicate<Message> {

    private final Broker broker;
    private final Security otherwise;
    private final ClientAccess subscriber;
    private final String clientIdentifier;

    /**
     * For the retained messages of one subscriber.
     *
     * @param otherwise whose rules hold for a message that came by a listener that is there no more
     */
    RetainSource(Broker broker, Security otherwise, ClientAccess subscriber, String clientIdentifier) {
        this.broker = broker;
        this.otherwise = otherwise;
        this.subscriber = subscriber;
        this.clientIdentifier = clientIdentifier;
    }

    /** What the subscriber may not receive anyway is its own denial, which delivering tells, not its publisher's. */
    @Override
    public boolean test(Message message) {
        return !subscriber.mayReceive(message.topic()) || mayStillPublish(message);
    }

    private boolean mayStillPublish(Message message) {
        String publisher = message.publisher();
        if (publisher == null
                || broker.isTrusted(publisher)
                || !broker.settings().checkRetainSource()) {
            return true;
        }
        String cameBy = message.listener();
        Security its = cameBy == null ? null : broker.securityOrNull(cameBy);
        AccessPolicy policy = (its == null ? otherwise : its).policy();
        if (policy.isUnrestricted()) {
            return true;
        }
        Decision decision = policy.decide(message.publisherAccount(), publisher, Access.PUBLISH, message.topic());
        if (decision.denied()) {
            broker.denials().retained(decision, message.topic(), clientIdentifier);
        }
        return decision.allowed();
    }
}
