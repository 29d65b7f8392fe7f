package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;
import java.util.Optional;

/** What living entities need of a client. Safe for several threads. */
public interface HomeAssistantLink {

    /**
     * Messages on the topics of filters, retained ones first, in the order in which they come, whichever filter they match;
     * subscribed as long as somebody is subscribed to it here, and again after a reconnect. Ends when the client is closed.
     *
     * @param filters the topics
     * @param qos the quality of service of the subscriptions
     * @return the messages
     */
    Flowable<ApplicationMessage> messages(List<TopicFilter> filters, Qos qos);

    /**
     * Messages on the topics of one filter.
     *
     * @param filter the topics
     * @param qos the quality of service of the subscription
     * @return the messages, as of several filters
     */
    default Flowable<ApplicationMessage> messages(TopicFilter filter, Qos qos) {
        return messages(List.of(filter), qos);
    }

    /**
     * Publishes when somebody subscribes.
     *
     * @param message the message
     * @return completes when the server has taken it
     */
    Completable publish(ApplicationMessage message);

    /**
     * {@return why the client's own access policy keeps it from a topic; empty if it does not, or there is none} A server would
     * drop what is published there, or deliver nothing of it.
     *
     * @param access what the client would do
     * @param topic where
     */
    default Optional<Decision> refusal(Access access, TopicName topic) {
        return Optional.empty();
    }

    /** {@return whether the client itself publishes the options' presence at each connect and before its goodbye} */
    default boolean saysPresence() {
        return false;
    }

    /**
     * {@return whether the options' origin is this client's alone, so that what was announced with it before is of an earlier
     * life of this client} Otherwise it may be another client's that is there, and {@link HomeAssistant#orphans} refuses.
     */
    default boolean hasOriginOfItsOwn() {
        return true;
    }

    /** {@return whether there is a connection, now and at each change; ends when the client is closed} */
    Flowable<Boolean> connected();
}
