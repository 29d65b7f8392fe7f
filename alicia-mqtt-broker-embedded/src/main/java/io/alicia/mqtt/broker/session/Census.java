package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.monitoring.BrokerStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Counts what the sessions hold: each event loop its own, so that no message pays for being counted. */
final class Census {

    private record Held(long messages, long bytes, long unsentPackets, long unsentBytes) {

        static final Held NOTHING = new Held(0, 0, 0, 0);

        Held and(Held other) {
            return new Held(
                    messages + other.messages,
                    bytes + other.bytes,
                    unsentPackets + other.unsentPackets,
                    unsentBytes + other.unsentBytes);
        }
    }

    private final Broker broker;

    Census(Broker broker) {
        this.broker = broker;
    }

    /** Completes on an event loop; with an exception if the broker has stopped. */
    CompletableFuture<BrokerStatistics> take() {
        List<CompletableFuture<Held>> counts = new ArrayList<>();
        for (BrokerLoop loop : broker.loops()) {
            counts.add(CompletableFuture.supplyAsync(() -> heldOn(loop), loop));
        }
        CompletableFuture<Held> sum = CompletableFuture.completedFuture(Held.NOTHING);
        for (CompletableFuture<Held> count : counts) {
            sum = sum.thenCombine(count, Held::and);
        }
        return sum.thenApply(this::statistics);
    }

    private Held heldOn(BrokerLoop loop) {
        Held held = Held.NOTHING;
        for (Session session : broker.sessions().all()) {
            if (session.home() == loop) {
                held = held.and(new Held(
                        session.outbox().size(),
                        session.outbox().bytes(),
                        session.unsentPackets(),
                        session.unsentBytes()));
            }
        }
        return held;
    }

    private BrokerStatistics statistics(Held held) {
        BrokerCounters counters = broker.counters();
        int sessions = broker.sessions().size();
        long connected = counters.clientsConnected().sum()
                - counters.clientsDisconnected().sum();
        return new BrokerStatistics(
                sessions,
                (int) Math.max(0, connected),
                counters.subscriptions().sum(),
                counters.sharedSubscriptions().sum(),
                broker.retained().size(),
                broker.retained().bytes(),
                held.messages(),
                held.bytes(),
                held.unsentPackets(),
                held.unsentBytes());
    }
}
