package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.monitoring.BrokerCounters;
import io.alicia.mqtt.broker.store.MemoryStore;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.List;

/** A broker without listeners, whose clients are what a test makes of its sessions; nothing in it is limited or late. */
final class BareBroker {

    private BareBroker() {}

    static Broker on(EventLoop loop, InstantSource clock) {
        return new Broker(
                settings(),
                clock,
                (home, delay, task) -> () -> {},
                () -> "x",
                new MemoryStore(),
                new Events(List.of()),
                null,
                new BrokerCounters(),
                List.of(loop));
    }

    private static SessionSettings settings() {
        Quotas quotas = new Quotas(
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                0);
        return new SessionSettings(
                false,
                true,
                20,
                Long.MAX_VALUE,
                1000,
                Long.MAX_VALUE,
                2_000_000,
                2_000_000,
                0,
                1000,
                false,
                true,
                false,
                10_000,
                200,
                10_000,
                quotas,
                4 << 20);
    }
}
