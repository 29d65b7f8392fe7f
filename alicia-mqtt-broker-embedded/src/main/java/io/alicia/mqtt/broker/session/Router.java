package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.routing.SharedGroup;
import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.broker.routing.SubscriptionIndex;
import io.alicia.mqtt.broker.routing.Target;
import io.alicia.mqtt.topic.TopicFilter;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a message that may be published to everybody who subscribed; used on every event loop at once. */
public final class Router {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final SubscriptionIndex<Session> index;
    private final RetainedMessages retained;
    private final BrokerCounters counters;
    private final Events events;
    private final Supplier<SessionSettings> settings;
    private final Journal journal;
    private final InstantSource clock;
    private final OnceAMinute retainedLimitTold = new OnceAMinute();

    Router(
            SubscriptionIndex<Session> index,
            RetainedMessages retained,
            BrokerCounters counters,
            Events events,
            Supplier<SessionSettings> settings,
            Journal journal,
            InstantSource clock) {
        this.index = index;
        this.retained = retained;
        this.counters = counters;
        this.events = events;
        this.settings = settings;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Publishes.
     *
     * @param message what
     * @param publisher whose subscriptions with No Local are left out; null if nobody's
     * @param here the caller's event loop
     * @return whether somebody subscribed
     */
    boolean publish(Message message, @Nullable Session publisher, BrokerLoop here) {
        return publish(message, publisher, here, null);
    }

    /**
     * Publishes, and counts the parcels that have to arrive.
     *
     * @param message what
     * @param publisher whose subscriptions with No Local are left out; null if nobody's
     * @param here the caller's event loop
     * @param arrivals told of each parcel to another event loop; null for nobody
     * @return whether somebody subscribed
     */
    boolean publish(Message message, @Nullable Session publisher, BrokerLoop here, @Nullable Arrivals arrivals) {
        if (journal.isOn()) {
            message.number(journal.nextNumber());
        }
        if (message.retain()) {
            // Before the route: a subscriber that comes meanwhile sees the message at least one way.
            retain(message);
        }
        RouteCache.Route route =
                here.routes().routeOf(message.topic(), index, settings.get().allowDuplicateMessages());
        List<RouteCache.Batch> batches = route.batches();
        for (int i = 0; i < batches.size(); i++) {
            RouteCache.Batch batch = batches.get(i);
            hand(new Parcel(message, batch.targets(), publisher, null, arrivals), batch.loop(), here);
        }
        List<SharedGroup<Session>> shared = route.shared();
        for (int i = 0; i < shared.size(); i++) {
            handToMember(message, shared.get(i).next(), publisher, here, arrivals);
        }
        return !route.isEmpty();
    }

    private void retain(Message message) {
        String publisher = message.publisher();
        if (!retained.retain(message) && publisher != null) {
            counters.dropped(DropCause.RETAINED_LIMIT).increment();
            if (retainedLimitTold.isDue(clock.millis())) {
                LOG.warn(
                        "The retained message of '{}' is not kept, and others may not be: there are {} with {} bytes,"
                                + " and the broker takes no more (docs/mosquitto-conf.md, Limits)",
                        Abbreviation.of(message.topic().value()),
                        retained.size(),
                        retained.weightBytes());
            }
            events.tell(listener -> listener.dropped(publisher, message.topic(), DropCause.RETAINED_LIMIT));
        }
    }

    /**
     * Gives a message of a shared subscription to another member than the one that has it.
     *
     * @param mustBeConnected whether a member that is away is none
     * @param arrivals told of the parcel; null for nobody
     * @return whether there is another member
     */
    boolean handOn(
            Message message,
            TopicFilter sharedFilter,
            Session from,
            boolean mustBeConnected,
            BrokerLoop here,
            @Nullable Arrivals arrivals) {
        SharedGroup<Session> group = index.groupOrNull(sharedFilter);
        SharedGroup<Session> others = group == null ? null : group.without(from);
        if (others == null) {
            return false;
        }
        Subscription<Session> next = others.next();
        if (mustBeConnected && !next.subscriber().isConnected()) {
            return false;
        }
        handToMember(message, next, null, here, arrivals);
        return true;
    }

    private void handToMember(
            Message message,
            Subscription<Session> member,
            @Nullable Session publisher,
            BrokerLoop here,
            @Nullable Arrivals arrivals) {
        Parcel parcel = new Parcel(message, List.of(Target.of(member)), publisher, member.filter(), arrivals);
        hand(parcel, member.subscriber().home(), here);
    }

    private static void hand(Parcel parcel, BrokerLoop loop, BrokerLoop here) {
        if (loop == here) {
            parcel.deliverHere();
            return;
        }
        if (parcel.arrivals != null) {
            parcel.arrivals.expect();
        }
        loop.mailbox().put(parcel);
        if (loop.mailbox().isFull()) {
            here.noteFull(loop.mailbox());
        }
    }
}
