package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.security.ClientAccess;
import io.alicia.mqtt.topic.TopicName;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Denials: each is counted, told and logged with the rule that decided; MQTT 3.1.1 has no other way to say it. Safe for
 * any number of threads.
 */
final class Denials {

    private static final Logger LOG = LoggerFactory.getLogger(Denials.class);

    private final BrokerCounters counters;
    private final Events events;
    private final ToldLately deliveries;
    private final ToldLately retained;

    Denials(BrokerCounters counters, Events events, InstantSource clock) {
        this.counters = counters;
        this.events = events;
        this.deliveries = new ToldLately(clock);
        this.retained = new ToldLately(clock);
    }

    void publish(ClientAccess access, String clientIdentifier, TopicName topic) {
        counters.dropped(DropCause.PUBLISH_DENIED).increment();
        if (!LOG.isWarnEnabled() && events.none()) {
            return;
        }
        Decision decision = access.explainPublish(topic);
        LOG.warn("{}", decision);
        events.tell(listener -> listener.denied(decision));
        events.tell(listener -> listener.dropped(clientIdentifier, topic, DropCause.PUBLISH_DENIED));
    }

    /**
     * Of a message that is kept from a subscriber. Nobody need have made a mistake, as a filter may be wider than the rights
     * of its client, and each message that matches would be one line more: so there is one for a client and a topic, and
     * who counts and tells of all of them is the session that drops the message.
     */
    void receive(ClientAccess access, TopicName topic) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        switch (deliveries.take(access.account(), access.clientIdentifier(), topic)) {
            case TELL ->
                LOG.info(
                        "{}; more of this client and topic are counted, not logged, for up to {} minutes",
                        access.explainReceive(topic),
                        ToldLately.PERIOD.toMinutes());
            case TELL_THAT_IT_IS_ENOUGH ->
                LOG.info(
                        "denied RECEIVE of {} different clients and topics: others are counted, not logged, for up to {}"
                                + " minutes",
                        ToldLately.MOST,
                        ToldLately.PERIOD.toMinutes());
            case KEEP_SILENT -> {}
        }
    }

    /**
     * Of a retained message that is kept from a subscriber as its publisher could not publish it any more. Each subscriber
     * would be one line more, so there is one for a publisher and a topic.
     */
    void retained(Decision decision, TopicName topic, String subscriber) {
        counters.dropped(DropCause.PUBLISH_DENIED).increment();
        events.tell(listener -> listener.denied(decision));
        events.tell(listener -> listener.dropped(subscriber, topic, DropCause.PUBLISH_DENIED));
        switch (retained.take(decision.account().orElse(null), decision.clientIdentifier(), topic)) {
            case TELL ->
                LOG.warn(
                        "{}; what it retained there before is kept from {} and others (check_retain_source)",
                        decision,
                        subscriber);
            case TELL_THAT_IT_IS_ENOUGH ->
                LOG.warn(
                        "denied PUBLISH of what {} different clients and topics have retained: others are counted, not"
                                + " logged, for up to {} minutes",
                        ToldLately.MOST,
                        ToldLately.PERIOD.toMinutes());
            case KEEP_SILENT -> {}
        }
    }

    void subscribe(Decision decision) {
        LOG.warn("{}", decision);
        events.tell(listener -> listener.denied(decision));
    }

    /** Other rules are in force: what they deny is news again. */
    void rulesReplaced() {
        deliveries.forget();
        retained.forget();
    }
}
