package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.topic.TopicName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Denials: each is counted, told and logged with the rule that decided; MQTT 3.1.1 has no other way to say it. */
final class Denials {

    private static final Logger LOG = LoggerFactory.getLogger(Denials.class);

    private Denials() {}

    static void publish(Broker broker, ClientAccess access, String clientIdentifier, TopicName topic) {
        broker.counters().dropped(DropCause.PUBLISH_DENIED).increment();
        if (!LOG.isWarnEnabled() && broker.events().none()) {
            return;
        }
        Decision decision = access.explainPublish(topic);
        log(decision);
        broker.events().tell(listener -> listener.denied(decision));
        broker.events().tell(listener -> listener.dropped(clientIdentifier, topic, DropCause.PUBLISH_DENIED));
    }

    /** Of a message that is kept from a subscriber, as the ACL file wants it: nobody's mistake, so it is told in detail only. */
    static void receive(ClientAccess access, TopicName topic) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{}", access.explainReceive(topic));
        }
    }

    static void subscribe(Broker broker, Decision decision) {
        log(decision);
        broker.events().tell(listener -> listener.denied(decision));
    }

    private static void log(Decision decision) {
        LOG.warn("{}", decision);
    }
}
