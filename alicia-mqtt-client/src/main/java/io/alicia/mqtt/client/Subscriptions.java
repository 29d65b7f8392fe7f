package io.alicia.mqtt.client;

import io.alicia.mqtt.SubscriptionRefusedException;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Topic Filters the streams need and which the server has. Confined to the client's {@link Lane}.
 *
 * <p>A server with Subscription Identifiers has each filter with an identifier of its own: it says which subscription a message, or
 * a copy of one, is for, whatever other subscriptions come and go. Another server gets the widest filters alone, see {@link
 * FilterCover}. They come back by themselves after a reconnect where the
 * server lost them, and go with the last stream. When a filter takes the place of others these are unsubscribed after it is
 * acknowledged, so that nothing is missed in between.
 *
 * <p>A stream whose filter the server has already, or one that covers it, sends SUBSCRIBE again: it is due the retained messages.
 * The other streams do not get them twice, see {@link SeenRetained}. One that came while there was no connection gets its SUBSCRIBE
 * with the next, also if the server kept the session.
 */
final class Subscriptions {

    private static final Logger LOGGER = LoggerFactory.getLogger(Subscriptions.class);
    private static final int FILTERS_PER_PACKET = 50;

    private final Lane lane;
    private final Dispatcher dispatcher;
    private final List<MessageFlow<?>> flows = new ArrayList<>();
    private final List<Settling> settling = new ArrayList<>();

    /** What the server has acknowledged. */
    private final Set<TopicFilter> confirmed = new LinkedHashSet<>();

    /** What was sent on this connection and is not acknowledged yet. */
    private final Set<TopicFilter> pending = new LinkedHashSet<>();

    /** What an UNSUBSCRIBE was sent for on this connection that is not acknowledged yet. */
    private final Set<TopicFilter> leaving = new LinkedHashSet<>();

    /**
     * What the server may have or not: the connection went, or the server failed, before it acknowledged. Subscribed again where
     * it is needed, taken back where it is not.
     */
    private final Set<TopicFilter> doubtful = new LinkedHashSet<>();

    /** Streams that no SUBSCRIBE of their own is acknowledged for yet, which would bring them the retained messages. */
    private final Set<Due> due = new LinkedHashSet<>();

    private int openUnsubscribes;
    private @Nullable MqttConnection connection;
    private boolean firstConnection = true;

    /** Whether each filter has a subscription of its own, with an identifier. */
    private boolean identified;

    Subscriptions(Lane lane, Dispatcher dispatcher) {
        this.lane = lane;
        this.dispatcher = dispatcher;
    }

    /** A stream, and one of its filters. */
    private record Due(MessageFlow<?> flow, TopicFilter needed) {}

    private boolean isServed(Due one, Collection<TopicFilter> filters) {
        return filters.stream().anyMatch(filter -> covers(filter, one.needed()));
    }

    private boolean covers(TopicFilter subscribed, TopicFilter needed) {
        return identified ? subscribed.equals(needed) : FilterCover.covers(subscribed, needed);
    }

    /** What the server is to have for {@code filters}. */
    private Set<TopicFilter> widest(Collection<TopicFilter> filters) {
        return identified ? new LinkedHashSet<>(filters) : FilterCover.widest(filters);
    }

    void add(MessageFlow<?> flow) {
        dispatcher.add(flow);
        flows.add(flow);
        List<Due> dues =
                flow.filters().stream().map(needed -> new Due(flow, needed)).toList();
        due.addAll(dues);
        if (connection != null) {
            subscribe(connection, subscriptionsFor(dues));
        }
    }

    private Set<TopicFilter> subscriptionsFor(Collection<Due> dues) {
        Set<TopicFilter> wanted = widest(filters());
        Set<TopicFilter> toSend = new LinkedHashSet<>();
        dues.forEach(one -> wanted.stream()
                .filter(filter -> covers(filter, one.needed()))
                .findFirst()
                .ifPresent(toSend::add));
        return toSend;
    }

    void remove(MessageFlow<?> flow) {
        dispatcher.remove(flow);
        due.removeIf(one -> one.flow() == flow);
        if (flows.remove(flow) && connection != null) {
            bringInLine(connection);
        }
    }

    private List<TopicFilter> filters() {
        return flows.stream().flatMap(flow -> flow.filters().stream()).toList();
    }

    void connected(MqttConnection established) {
        connection = established;
        identified = established.connack().subscriptionIdentifiersAvailable();
        openUnsubscribes = 0;
        if (!established.connack().sessionPresent() || firstConnection) {
            confirmed.clear();
            doubtful.clear();
        }
        firstConnection = false;
        // A subscription that the server kept brings no retained message to a stream that came meanwhile.
        confirmed.removeAll(subscriptionsFor(due));
        bringInLine(established);
    }

    void disconnected() {
        connection = null;
        doubtful.addAll(pending);
        doubtful.addAll(leaving);
        pending.clear();
        leaving.clear();
    }

    /** Sends what is missing; if nothing is, takes back what is superfluous. */
    private void bringInLine(MqttConnection on) {
        Set<TopicFilter> missing = widest(filters());
        missing.removeAll(confirmed);
        missing.removeAll(pending);
        if (missing.isEmpty()) {
            takeBackSuperfluous(on);
        } else {
            subscribe(on, missing);
        }
    }

    private void takeBackSuperfluous(MqttConnection on) {
        Set<TopicFilter> wanted = widest(filters());
        if (!confirmed.containsAll(wanted)) {
            return;
        }
        List<TopicFilter> superfluous = Stream.concat(confirmed.stream(), doubtful.stream())
                .filter(filter -> !wanted.contains(filter))
                .distinct()
                .toList();
        if (superfluous.isEmpty()) {
            settle();
            return;
        }
        superfluous.forEach(confirmed::remove);
        superfluous.forEach(doubtful::remove);
        leaving.addAll(superfluous);
        openUnsubscribes++;
        on.unsubscribe(superfluous)
                .subscribe(new InLane<>(
                        lane,
                        codes -> unsubscribed(on, superfluous, codes),
                        failure -> stayed(on, superfluous, failure)));
    }

    private void unsubscribed(MqttConnection on, List<TopicFilter> filters, List<ReasonCode> codes) {
        LOGGER.debug("unsubscribed from {}: {}", filters, codes);
        if (connection != on) {
            return;
        }
        for (int i = 0; i < filters.size(); i++) {
            if (leaving.remove(filters.get(i)) && codes.get(i).isError()) {
                doubtful.add(filters.get(i));
            }
        }
        openUnsubscribes--;
        settle();
    }

    /** If the connection went {@link #disconnected()} has noted it. */
    private void stayed(MqttConnection on, List<TopicFilter> filters, Throwable failure) {
        LOGGER.debug("unsubscribing from {} failed", filters, failure);
        if (connection != on) {
            return;
        }
        filters.stream().filter(leaving::remove).forEach(doubtful::add);
        openUnsubscribes--;
        settle();
    }

    private void settle() {
        if (connection != null && openUnsubscribes == 0) {
            flows.stream().filter(this::isConfirmed).forEach(MessageFlow::markSubscribed);
            settling.stream()
                    .filter(waiting ->
                            waiting.flows().stream().allMatch(flow -> !flows.contains(flow) || isSettled(flow)))
                    .toList()
                    .forEach(waiting -> {
                        settling.remove(waiting);
                        waiting.result().onComplete();
                    });
        }
    }

    private boolean isConfirmed(MessageFlow<?> flow) {
        return flow.filters().stream()
                .allMatch(needed -> confirmed.stream().anyMatch(filter -> covers(filter, needed)));
    }

    private boolean isSettled(MessageFlow<?> flow) {
        return isConfirmed(flow) && pending.stream().noneMatch(filter -> isCoveredBy(filter, flow));
    }

    /** Whether a subscription brings something that the stream needs. */
    private boolean isCoveredBy(TopicFilter filter, MessageFlow<?> flow) {
        return flow.filters().stream().anyMatch(needed -> covers(filter, needed));
    }

    /** Streams whose subscriptions somebody waits for. */
    private record Settling(List<MessageFlow<?>> flows, CompletableSubject result) {}

    /** Completes when the server has the subscription of every stream that there is now; fails if it refuses one. */
    Completable settled() {
        Settling waiting = new Settling(List.copyOf(flows), CompletableSubject.create());
        if (waiting.flows().isEmpty()) {
            return Completable.complete();
        }
        settling.add(waiting);
        settle();
        return waiting.result().doOnDispose(() -> lane.execute(() -> settling.remove(waiting)));
    }

    /** Ends the streams; the server's subscriptions stay as they are, and what still comes is left unacknowledged. */
    void close() {
        connection = null;
        dispatcher.stop();
        settling.forEach(waiting -> waiting.result().onError(new IllegalStateException("the client was closed")));
        settling.clear();
        List<MessageFlow<?>> open = List.copyOf(flows);
        flows.clear();
        due.clear();
        open.forEach(flow -> {
            dispatcher.remove(flow);
            flow.complete();
        });
    }

    private void subscribe(MqttConnection on, Set<TopicFilter> filters) {
        pending.addAll(filters);
        List<TopicFilter> ordered = List.copyOf(filters);
        int size = identified ? 1 : FILTERS_PER_PACKET;
        for (int from = 0; from < ordered.size(); from += size) {
            List<TopicFilter> packet = ordered.subList(from, Math.min(from + size, ordered.size()));
            List<Subscription> subscriptions = packet.stream()
                    .map(filter -> new Subscription(filter, qos(filter)))
                    .toList();
            List<Due> served = due.stream().filter(one -> isServed(one, packet)).toList();
            Single<List<ReasonCode>> sending = identified
                    ? on.subscribe(subscriptions, SubscriptionIdentifiers.of(packet.get(0)))
                    : on.subscribe(subscriptions);
            sending.subscribe(new InLane<>(
                    lane, codes -> acknowledged(on, packet, codes, served), failure -> failed(on, packet, failure)));
        }
    }

    /** The highest that a stream below it asks for. */
    private Qos qos(TopicFilter filter) {
        return flows.stream()
                .filter(flow -> isCoveredBy(filter, flow))
                .map(MessageFlow::qos)
                .max(Qos::compareTo)
                .orElse(Qos.AT_MOST_ONCE);
    }

    private void acknowledged(MqttConnection on, List<TopicFilter> filters, List<ReasonCode> codes, List<Due> served) {
        if (connection != on) {
            return;
        }
        List<TopicFilter> granted = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            TopicFilter filter = filters.get(i);
            ReasonCode code = codes.get(i);
            pending.remove(filter);
            doubtful.remove(filter);
            if (code.isError()) {
                LOGGER.warn("subscription to {} refused: {}", filter, code.phrase());
                refuse(filter, new SubscriptionRefusedException(filter, code));
            } else {
                confirmed.add(filter);
                granted.add(filter);
            }
        }
        served.stream().filter(one -> isServed(one, granted)).forEach(due::remove);
        bringInLine(on);
    }

    /** If the connection went the next one makes good for it; anything else is the subscription's own fault. */
    private void failed(MqttConnection on, List<TopicFilter> filters, Throwable failure) {
        if (failure instanceof SessionEndedException) {
            LOGGER.debug("subscription to {} waits for the next connection", filters, failure);
            return;
        }
        filters.forEach(pending::remove);
        filters.forEach(filter -> refuse(filter, failure));
        if (connection == on) {
            bringInLine(on);
        }
    }

    /** Ends the streams of this very filter; narrower ones that it covered get a chance of their own. */
    private void refuse(TopicFilter filter, Throwable failure) {
        confirmed.remove(filter);
        List<MessageFlow<?>> refused =
                flows.stream().filter(flow -> flow.filters().contains(filter)).toList();
        flows.removeAll(refused);
        due.removeIf(one -> refused.contains(one.flow()));
        refused.forEach(flow -> {
            dispatcher.remove(flow);
            flow.fail(failure);
        });
        settling.stream()
                .filter(waiting -> waiting.flows().stream().anyMatch(refused::contains))
                .toList()
                .forEach(waiting -> {
                    settling.remove(waiting);
                    waiting.result().onError(failure);
                });
    }
}
