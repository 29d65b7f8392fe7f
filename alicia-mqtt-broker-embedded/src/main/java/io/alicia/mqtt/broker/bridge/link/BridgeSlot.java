package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.session.BrokerLoop;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The place of one {@code connection}: the bridge that runs there, and the configuration that waits to replace it. From any
 * thread; everything happens on one event loop.
 */
final class BridgeSlot {

    private final BrokerLoop loop;
    private final Function<BridgeConfig, Bridge> bridges;
    private @Nullable Bridge bridge;
    private @Nullable BridgeConfig pending;
    /** What the bridge that is about to start gets, if that changed again meanwhile. */
    private @Nullable BridgeConfig next;

    private boolean ended;

    BridgeSlot(BrokerLoop loop, Function<BridgeConfig, Bridge> bridges) {
        this.loop = loop;
        this.bridges = bridges;
    }

    void start(BridgeConfig config) {
        loop.execute(() -> startNow(config));
    }

    private void startNow(BridgeConfig config) {
        if (!ended) {
            Bridge started = bridges.apply(next == null ? config : next);
            next = null;
            bridge = started;
            started.start(loop);
        }
    }

    /** Other rights at once; everything else when the configuration says so. */
    void reload(BridgeConfig config) {
        loop.execute(() -> {
            Bridge running = bridge;
            if (running == null) {
                next = config;
                return;
            }
            running.changeAccess(config.localAccess());
            boolean waits = pending != null;
            pending = config;
            if (config.reloadType() == BridgeConfig.ReloadType.IMMEDIATE) {
                swap();
            } else if (!waits) {
                running.whenDown(() -> loop.execute(this::swap));
            }
        });
    }

    private void swap() {
        Bridge old = bridge;
        BridgeConfig replacement = pending;
        if (old == null || replacement == null || ended) {
            return;
        }
        pending = null;
        boolean otherSession = !old.config().localClientid().equals(replacement.localClientid());
        bridge = null;
        old.stop(otherSession, () -> loop.execute(() -> startNow(replacement)));
    }

    /**
     * Ends the bridge for good.
     *
     * @param withSession whether what waits is forgotten
     * @param over runs when it has ended, on any thread
     */
    void end(boolean withSession, Runnable over) {
        loop.execute(() -> {
            ended = true;
            Bridge running = bridge;
            if (running == null) {
                over.run();
            } else {
                running.stop(withSession, over);
            }
        });
    }
}
