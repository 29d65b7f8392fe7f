package io.alicia.mqtt.broker.routing;

import io.alicia.mqtt.protocol.Qos;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of a message with what its matching subscriptions ask for together: the highest QoS [MQTT-3.3.5-1] and
 * all Subscription Identifiers [MQTT-3.3.4-4].
 *
 * @param <S> who subscribes
 */
public final class Target<S extends Subscriber> {

    private final List<Subscription<S>> subscriptions;
    private final Qos maximumQos;
    private final boolean retainAsPublished;
    private final boolean noLocal;
    private final List<Integer> identifiers;

    private Target(List<Subscription<S>> subscriptions) {
        this.subscriptions = List.copyOf(subscriptions);
        Qos qos = Qos.AT_MOST_ONCE;
        boolean keepsRetain = false;
        boolean anyNoLocal = false;
        List<Integer> identified = new ArrayList<>(1);
        for (Subscription<S> subscription : subscriptions) {
            qos = qos.compareTo(subscription.maximumQos()) >= 0 ? qos : subscription.maximumQos();
            keepsRetain |= subscription.retainAsPublished();
            anyNoLocal |= subscription.noLocal();
            if (subscription.identifier() > 0) {
                identified.add(subscription.identifier());
            }
        }
        this.maximumQos = qos;
        this.retainAsPublished = keepsRetain;
        this.noLocal = anyNoLocal;
        this.identifiers = List.copyOf(identified);
    }

    /**
     * {@return the target of a subscription alone}
     *
     * @param subscription the subscription
     * @param <S> who subscribes
     */
    public static <S extends Subscriber> Target<S> of(Subscription<S> subscription) {
        return new Target<>(List.of(subscription));
    }

    Target<S> and(Subscription<S> subscription) {
        List<Subscription<S>> more = new ArrayList<>(subscriptions);
        more.add(subscription);
        return new Target<>(more);
    }

    /** {@return who gets the message} */
    public S subscriber() {
        return subscriptions.get(0).subscriber();
    }

    /** {@return the highest QoS that the message is sent with} */
    public Qos maximumQos() {
        return maximumQos;
    }

    /** {@return whether the message keeps its RETAIN flag} */
    public boolean retainAsPublished() {
        return retainAsPublished;
    }

    /** {@return the Subscription Identifiers} */
    public List<Integer> identifiers() {
        return identifiers;
    }

    /**
     * {@return what is left of this target for a message that its own subscriber published: the subscriptions without No
     * Local [MQTT-3.8.3-3]; null if there is none}
     */
    public @Nullable Target<S> forOwnMessageOrNull() {
        if (!noLocal) {
            return this;
        }
        List<Subscription<S>> left = new ArrayList<>(subscriptions);
        left.removeIf(Subscription::noLocal);
        return left.isEmpty() ? null : new Target<>(left);
    }
}
