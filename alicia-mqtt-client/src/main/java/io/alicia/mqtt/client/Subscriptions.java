package io.alicia.mqtt.client;

import io.alicia.mqtt.SubscriptionRefusedException;
import io.alicia.mqtt.connection.ServerAddress;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * The other streams do not get them twice, see {@link SeenRetained}. Those that come while one is under way share the next. One that came while there was no connection gets its SUBSCRIBE
 * with the next, also if the server kept the session.
 */
final class Subscriptions {

    private static final Logger LOGGER = LoggerFactory.getLogger(Subscriptions.class);
    private static final int FILTERS_PER_PACKET = 50;

    private final Lane lane;
    private final Dispatcher dispatcher;

    /** In the order in which they came, with their number. */
    private final Map<MessageFlow<?>, Long> flows = new LinkedHashMap<>();

    private long streams;
    private @Nullable MessageFlow<?> newest;
    private final Map<TopicFilter, Set<MessageFlow<?>>> flowsOf = new LinkedHashMap<>();
    private final Inventory inventory = new Inventory();

    /** Of filters that are wanted: the highest QoS that a stream below asks for, where it was looked for. */
    private final Map<TopicFilter, Qos> highest = new HashMap<>();

    private final FilterCover cover = new FilterCover(
            filter -> {
                highest.remove(filter);
                inventory.want(filter);
            },
            filter -> {
                highest.remove(filter);
                inventory.wantNoMore(filter);
            });
    private final Set<Settling> settling = new LinkedHashSet<>();

    /** Streams that have not heard yet that the server has what they need. */
    private final Set<MessageFlow<?>> unannounced = new LinkedHashSet<>();

    private final Due due = new Due();

    /** To be asked for once more when what is under way is acknowledged: a further stream has come since that was sent. */
    private final Set<TopicFilter> again = new LinkedHashSet<>();

    private long packets;
    private int openUnsubscribes;
    private @Nullable MqttConnection connection;

    /** Whose session the inventory is of: that of the latest connection. */
    private @Nullable ServerAddress server;

    /** What other servers had when they were left, and still have if they keep their session. */
    private final Map<ServerAddress, Set<TopicFilter>> leftBehind = new HashMap<>();

    /** The server of the latest connections did not have the session once: there may be several behind its address. */
    private boolean maybeSeveral;

    /** Whether each filter has a subscription of its own, with an identifier. */
    private boolean identified;

    Subscriptions(Lane lane, Dispatcher dispatcher) {
        this.lane = lane;
        this.dispatcher = dispatcher;
    }

    void add(MessageFlow<?> flow) {
        dispatcher.add(flow);
        flows.put(flow, streams++);
        newest = flow;
        unannounced.add(flow);
        due.add(flow, packets);
        flow.filters().forEach(filter -> {
            flowsOf.computeIfAbsent(filter, key -> new LinkedHashSet<>()).add(flow);
            cover.add(filter);
        });
        List<TopicFilter> subscriptions = subscriptionsFor(flow.filters());
        subscriptions.forEach(filter -> highest.computeIfPresent(filter, (key, before) -> higher(before, flow.qos())));
        if (connection != null) {
            subscribe(connection, unlessUnderWay(subscriptions));
        }
    }

    private static Qos higher(Qos one, Qos other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private List<TopicFilter> unlessUnderWay(List<TopicFilter> subscriptions) {
        List<TopicFilter> now = new ArrayList<>(subscriptions);
        now.removeIf(filter -> inventory.pending().contains(filter) && (again.contains(filter) || again.add(filter)));
        return now;
    }

    /** What the server is to have for {@code filters} of streams. */
    private List<TopicFilter> subscriptionsFor(Iterable<TopicFilter> filters) {
        Set<TopicFilter> found = new LinkedHashSet<>();
        filters.forEach(needed -> {
            TopicFilter subscription = cover.standingFor(needed);
            if (subscription != null) {
                found.add(subscription);
            }
        });
        return List.copyOf(found);
    }

    void remove(MessageFlow<?> flow) {
        if (forget(flow) && connection != null) {
            bringInLine(connection);
        }
    }

    private boolean forget(MessageFlow<?> flow) {
        dispatcher.remove(flow);
        if (flows.remove(flow) == null) {
            return false;
        }
        if (flow.equals(newest)) {
            newest = null;
        }
        unannounced.remove(flow);
        due.remove(flow);
        subscriptionsFor(flow.filters()).forEach(highest::remove);
        flow.filters().forEach(filter -> {
            Set<MessageFlow<?>> sharing = flowsOf.get(filter);
            if (sharing != null && sharing.remove(flow) && sharing.isEmpty()) {
                flowsOf.remove(filter);
                cover.remove(filter);
            }
        });
        return true;
    }

    void connected(MqttConnection established, ServerAddress at) {
        connection = established;
        identified = established.connack().subscriptionIdentifiersAvailable();
        cover.giveEach(identified);
        openUnsubscribes = 0;
        findOutWhatItHas(at, established.connack().sessionPresent());
        // A subscription that the server kept brings no retained message to a stream that came meanwhile.
        subscriptionsFor(due.filters().all()).forEach(inventory::notConfirmed);
        bringInLine(established);
    }

    /** What is asked for once more does no harm: streams have had their retained messages. */
    private void findOutWhatItHas(ServerAddress at, boolean sessionPresent) {
        boolean same = at.equals(server);
        if (!same) {
            if (server != null) {
                leftBehind.put(server, inventory.known());
            }
            server = at;
            maybeSeveral = false;
        }
        Set<TopicFilter> left = leftBehind.remove(at);
        if (!sessionPresent) {
            maybeSeveral |= same;
            inventory.serverForgot();
        } else if (!same) {
            inventory.serverMayHave(left == null ? Set.of() : left);
        } else if (maybeSeveral) {
            inventory.serverMayHave(inventory.known());
        }
    }

    void disconnected() {
        connection = null;
        again.clear();
        inventory.disconnected();
    }

    /** Sends what is missing; if nothing is, takes back what is superfluous. */
    private void bringInLine(MqttConnection on) {
        List<TopicFilter> missing = inventory.missing();
        if (!missing.isEmpty()) {
            subscribe(on, missing);
        } else if (inventory.isComplete()) {
            takeBackSuperfluous(on);
        }
    }

    private void takeBackSuperfluous(MqttConnection on) {
        List<TopicFilter> superfluous = inventory.takeSuperfluous();
        if (superfluous.isEmpty()) {
            settle();
            return;
        }
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
            inventory.left(filters.get(i), codes.get(i).isError());
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
        filters.forEach(filter -> inventory.left(filter, true));
        openUnsubscribes--;
        settle();
    }

    private boolean isUpToDate() {
        return connection != null && openUnsubscribes == 0;
    }

    private void settle() {
        if (!isUpToDate()) {
            return;
        }
        for (MessageFlow<?> flow : List.copyOf(unannounced)) {
            if (isConfirmed(flow)) {
                unannounced.remove(flow);
                flow.markSubscribed();
            }
        }
        for (Settling waiting : List.copyOf(settling)) {
            if (isSettled(waiting)) {
                settling.remove(waiting);
                waiting.result().onComplete();
            }
        }
    }

    /** Looks at what is open: that is little mostly, and streams are many. Whoever asks has begun one just now, mostly. */
    private boolean isSettled(Settling waiting) {
        MessageFlow<?> latest = newest;
        if (latest != null && isOpenFor(waiting, latest)) {
            return false;
        }
        return Stream.concat(inventory.lacking().stream(), inventory.pending().all().stream())
                .flatMap(open -> cover.neededOf(open).stream())
                .flatMap(needed -> flowsOf.getOrDefault(needed, Set.of()).stream())
                .noneMatch(flow -> isOpenFor(waiting, flow));
    }

    private boolean isOpenFor(Settling waiting, MessageFlow<?> flow) {
        return numberOf(flow) < waiting.streams() && !isSettled(flow);
    }

    private long numberOf(MessageFlow<?> flow) {
        return Objects.requireNonNull(flows.get(flow), "not there");
    }

    private boolean isSettled(MessageFlow<?> flow) {
        return isConfirmed(flow) && !isPending(flow);
    }

    private boolean isConfirmed(MessageFlow<?> flow) {
        return flow.filters().stream().allMatch(needed -> cover.containing(inventory.confirmed(), needed) != null);
    }

    /** Whether something is under way that it gets a part of. */
    private boolean isPending(MessageFlow<?> flow) {
        return flow.filters().stream().anyMatch(needed -> cover.containing(inventory.pending(), needed) != null);
    }

    /** Somebody waits for the subscriptions of all those that there are of the first {@code streams}. */
    private record Settling(long streams, CompletableSubject result) {}

    /** Completes when the server has the subscription of every stream that there is now; fails if it refuses one. */
    Completable settled() {
        if (flows.isEmpty()) {
            return Completable.complete();
        }
        Settling waiting = new Settling(streams, CompletableSubject.create());
        if (isUpToDate() && isSettled(waiting)) {
            return Completable.complete();
        }
        settling.add(waiting);
        return waiting.result().doOnDispose(() -> lane.execute(() -> settling.remove(waiting)));
    }

    /** Ends the streams; the server's subscriptions stay as they are, and what still comes is left unacknowledged. */
    void close() {
        connection = null;
        dispatcher.stop();
        settling.forEach(waiting -> waiting.result().onError(new IllegalStateException("the client was closed")));
        settling.clear();
        List<MessageFlow<?>> open = List.copyOf(flows.keySet());
        flows.clear();
        newest = null;
        flowsOf.clear();
        unannounced.clear();
        due.clear();
        open.forEach(flow -> {
            dispatcher.remove(flow);
            flow.complete();
        });
    }

    private void subscribe(MqttConnection on, List<TopicFilter> filters) {
        filters.forEach(inventory::asked);
        int size = identified ? 1 : FILTERS_PER_PACKET;
        for (int from = 0; from < filters.size(); from += size) {
            List<TopicFilter> packet = filters.subList(from, Math.min(from + size, filters.size()));
            List<Subscription> subscriptions = packet.stream()
                    .map(filter -> new Subscription(filter, qos(filter)))
                    .toList();
            long number = packets++;
            Single<List<ReasonCode>> sending = identified
                    ? on.subscribe(subscriptions, SubscriptionIdentifiers.of(packet.get(0)))
                    : on.subscribe(subscriptions);
            sending.subscribe(new InLane<>(
                    lane, codes -> acknowledged(on, packet, codes, number), failure -> failed(on, packet, failure)));
        }
    }

    private Qos qos(TopicFilter filter) {
        return highest.computeIfAbsent(
                filter,
                key -> cover.neededOf(key).stream()
                        .flatMap(needed -> Objects.requireNonNull(flowsOf.get(needed), "needed by nobody").stream())
                        .map(MessageFlow::qos)
                        .max(Qos::compareTo)
                        .orElse(Qos.AT_MOST_ONCE));
    }

    private void acknowledged(MqttConnection on, List<TopicFilter> filters, List<ReasonCode> codes, long number) {
        if (connection != on) {
            return;
        }
        for (int i = 0; i < filters.size(); i++) {
            TopicFilter filter = filters.get(i);
            ReasonCode code = codes.get(i);
            inventory.answered(filter, !code.isError());
            if (code.isError()) {
                LOGGER.warn("subscription to {} refused: {}", filter, code.phrase());
                refuse(filter, new SubscriptionRefusedException(filter, code));
            } else {
                // Those that came before it was sent have had the retained messages.
                cover.within(due.filters(), filter).forEach(needed -> due.met(needed, number));
            }
        }
        subscribe(on, filters.stream().filter(this::isToBeAskedForAgain).toList());
        bringInLine(on);
    }

    private boolean isToBeAskedForAgain(TopicFilter filter) {
        return again.remove(filter) && inventory.isWanted(filter);
    }

    /** If the connection went the next one makes good for it; anything else is the subscription's own fault. */
    private void failed(MqttConnection on, List<TopicFilter> filters, Throwable failure) {
        if (failure instanceof SessionEndedException) {
            LOGGER.debug("subscription to {} waits for the next connection", filters, failure);
            return;
        }
        filters.forEach(again::remove);
        filters.forEach(inventory::askedInVain);
        filters.forEach(filter -> refuse(filter, failure));
        if (connection == on) {
            bringInLine(on);
        }
    }

    /** Ends the streams of this very filter; narrower ones that it covered get a chance of their own. */
    private void refuse(TopicFilter filter, Throwable failure) {
        inventory.notConfirmed(filter);
        Set<MessageFlow<?>> refused = new LinkedHashSet<>(flowsOf.getOrDefault(filter, Set.of()));
        long first = refused.stream().mapToLong(this::numberOf).min().orElse(Long.MAX_VALUE);
        refused.forEach(flow -> {
            forget(flow);
            flow.fail(failure);
        });
        for (Settling waiting : List.copyOf(settling)) {
            if (first < waiting.streams()) {
                settling.remove(waiting);
                waiting.result().onError(failure);
            }
        }
    }
}
