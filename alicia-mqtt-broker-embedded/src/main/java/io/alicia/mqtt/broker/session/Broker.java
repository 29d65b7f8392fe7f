package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.fault.PacketGate;
import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.monitoring.BrokerStatistics;
import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.broker.routing.SubscriptionIndex;
import io.alicia.mqtt.broker.security.Security;
import io.alicia.mqtt.broker.store.Store;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all sessions and connections of one broker share. It and its parts are safe for any number of threads. */
public final class Broker {

    /** Enough for an event loop to be always busy. */
    private static final long LARGE_MAILBOX_BYTES = 32L << 20;

    private volatile SessionSettings settings;
    private volatile @Nullable Function<String, Optional<Security>> securities;
    private final InstantSource clock;
    private final Timers timers;
    private final Supplier<String> identifiers;
    private final Store store;
    private final Events events;
    private final @Nullable PacketGate gate;
    private final BrokerCounters counters;
    private final Map<EventLoop, BrokerLoop> loops;
    private final List<BrokerLoop> loopList;
    private final SubscriptionIndex<Session> index = new SubscriptionIndex<>();
    private final Set<String> trusted = ConcurrentHashMap.newKeySet();
    private final Journal journal;
    private final RetainedMessages retained;
    private final LogInLimits logInLimits;
    private final Denials denials;
    private final MessageBudget budget;
    private final LargePackets largePackets;
    private final MessageBudget outgoing;
    private final Router router;
    private final SessionRegistry sessions = new SessionRegistry(this);
    private final Administration administration = new Administration(this);
    private final Renewals renewals;

    /**
     * A broker without listeners.
     *
     * @param settings limits
     * @param clock the time
     * @param timers runs what happens later
     * @param identifiers the random part of assigned Client Identifiers
     * @param store says when a message is safe
     * @param events hears what happens
     * @param gate decides on each packet, for tests; null for none
     * @param counters counts what happens
     * @param loops the event loops that connections may be on
     */
    public Broker(
            SessionSettings settings,
            InstantSource clock,
            Timers timers,
            Supplier<String> identifiers,
            Store store,
            Events events,
            @Nullable PacketGate gate,
            BrokerCounters counters,
            Collection<EventLoop> loops) {
        this.settings = settings;
        this.clock = clock;
        this.timers = timers;
        this.renewals = new Renewals();
        this.identifiers = identifiers;
        this.store = store;
        this.events = events;
        this.gate = gate;
        this.counters = counters;
        long mailboxBytes = Math.min(LARGE_MAILBOX_BYTES, settings.quotas().maxHeldBytes() / 8 / loops.size());
        this.loops = loops.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), eventLoop -> new BrokerLoop(eventLoop, mailboxBytes)));
        this.loopList = List.copyOf(this.loops.values());
        this.journal = new Journal(store);
        this.retained = new RetainedMessages(clock, journal, settings.quotas());
        this.budget = new MessageBudget(settings.quotas().maxHeldBytes());
        this.largePackets = new LargePackets(settings.quotas().maxIncomingBytes());
        this.outgoing = new MessageBudget(settings.quotas().maxOutgoingBytes());
        this.logInLimits = new LogInLimits(settings.quotas(), clock, counters);
        this.denials = new Denials(counters, events, clock);
        this.router = new Router(index, retained, counters, events, this::settings, journal, clock);
    }

    SessionSettings settings() {
        return settings;
    }

    /**
     * Other limits from now on. What a client was told at CONNACK holds for its connection. What bounds all clients
     * together stays as it was, but for the number of sessions.
     *
     * @param changed the limits
     */
    public void change(SessionSettings changed) {
        settings = changed;
    }

    /** {@return how long a connection may take until its CONNECT is complete, in milliseconds} */
    public long connectTimeoutMillis() {
        return settings.connectTimeoutMillis();
    }

    /**
     * A listener has accepted a connection; on the connection's event loop.
     *
     * @param remoteAddress where it comes from
     * @param listener the listener's name
     */
    public void opened(String remoteAddress, String listener) {
        counters.connectionsOpened().increment();
        events.tell(listening -> listening.opened(remoteAddress, listener));
    }

    /**
     * A load balancer has told what TLS it speaks with a client; on the connection's event loop.
     *
     * @param remoteAddress where the client comes from
     * @param protocol the protocol's name
     * @param cipherSuite the suite's name
     */
    public void proxied(String remoteAddress, String protocol, String cipherSuite) {
        events.tell(listening -> listening.proxied(remoteAddress, protocol, cipherSuite));
    }

    /**
     * A connection has ended before MQTT could be spoken on it; on the connection's event loop.
     *
     * @param remoteAddress where it came from
     * @param listener the listener's name
     * @param cause why
     * @param reason why, for people
     */
    public void failed(String remoteAddress, String listener, ConnectionFailure cause, String reason) {
        events.tell(listening -> listening.failed(remoteAddress, listener, cause, reason));
    }

    /** {@return the time} */
    public InstantSource clock() {
        return clock;
    }

    Timers timers() {
        return timers;
    }

    /** A Client Identifier for a client that has none. */
    String newClientIdentifier(String prefix) {
        return prefix + identifiers.get();
    }

    /** {@return what keeps the state} */
    public Store store() {
        return store;
    }

    Journal journal() {
        return journal;
    }

    @Nullable
    PacketGate gate() {
        return gate;
    }

    Events events() {
        return events;
    }

    /** {@return what was counted} */
    public BrokerCounters counters() {
        return counters;
    }

    SubscriptionIndex<Session> index() {
        return index;
    }

    /** {@return the retained messages} */
    public RetainedMessages retained() {
        return retained;
    }

    /** The messages of this publisher need no rule that allows them. */
    void trust(String clientIdentifier) {
        trusted.add(clientIdentifier);
    }

    boolean isTrusted(String clientIdentifier) {
        return trusted.contains(clientIdentifier);
    }

    Router router() {
        return router;
    }

    /** {@return the sessions} */
    public SessionRegistry sessions() {
        return sessions;
    }

    MessageBudget budget() {
        return budget;
    }

    LargePackets largePackets() {
        return largePackets;
    }

    /** What the network has not taken from all connections that have much of it. */
    MessageBudget outgoing() {
        return outgoing;
    }

    /** How large a packet of a client may be: as configured, unless there would never be room for it. */
    int maxPacketSize() {
        return (int) Math.min(settings.maxPacketSize(), settings.quotas().maxIncomingBytes());
    }

    /** {@return whether rules are being replaced} */
    public Renewals renewals() {
        return renewals;
    }

    LogInLimits logInLimits() {
        return logInLimits;
    }

    Denials denials() {
        return denials;
    }

    /** The rules of a listener, by its name; null if there is none, and before anything was restored. */
    @Nullable
    Security securityOrNull(String listener) {
        Function<String, Optional<Security>> known = securities;
        return known == null ? null : known.apply(listener).orElse(null);
    }

    /**
     * {@return what the broker holds now; completes on an event loop, with an exception if the broker has stopped}
     *
     * <p>From any thread.
     */
    public CompletableFuture<BrokerStatistics> statistics() {
        try {
            return new Census(this).take();
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** {@return what the embedding program may do to clients} */
    public Administration administration() {
        return administration;
    }

    /** {@return the event loops} */
    public List<BrokerLoop> loops() {
        return loopList;
    }

    /**
     * Puts back what the store kept; once, before any client can connect. Sessions that have expired meanwhile end, wills
     * that are due are published.
     *
     * @param securities the rules of a listener, by its name
     * @param otherwise the rules for sessions of a listener that is there no more
     */
    public void restore(Function<String, Optional<Security>> securities, Security otherwise) {
        this.securities = securities;
        new Restoration(this, name -> securities.apply(name).orElse(otherwise)).restore(store.contents());
    }

    BrokerLoop loopOf(EventLoop eventLoop) {
        BrokerLoop loop = loops.get(eventLoop);
        if (loop == null) {
            throw new IllegalStateException("the connection is on an event loop that is not this broker's");
        }
        return loop;
    }
}
