package io.alicia.mqtt.broker.session;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One event loop with what its sessions share: the mailbox for them, known routes, and connections to flush. */
public final class BrokerLoop implements Executor {

    private final EventLoop eventLoop;
    private final Mailbox mailbox;
    private final RouteCache routes = new RouteCache();
    private final List<Connection> unflushed = new ArrayList<>();
    private @Nullable Mailbox fullMailbox;

    /**
     * Wraps an event loop; once for each.
     *
     * @param eventLoop Netty's part
     */
    public BrokerLoop(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
        this.mailbox = new Mailbox(eventLoop);
    }

    /** {@return Netty's part} */
    public EventLoop eventLoop() {
        return eventLoop;
    }

    /** {@return whether the caller runs on this loop} */
    public boolean isCurrent() {
        return eventLoop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    Mailbox mailbox() {
        return mailbox;
    }

    RouteCache routes() {
        return routes;
    }

    /** Notes that a publisher on this loop filled another loop's mailbox. */
    void noteFull(Mailbox full) {
        fullMailbox = full;
    }

    /** The mailbox that was filled since the last call, or null. */
    @Nullable
    Mailbox takeFull() {
        Mailbox full = fullMailbox;
        fullMailbox = null;
        return full;
    }

    /**
     * Flushes a connection when all sockets that are ready now had their turn: one write a socket and pass, and no timer
     * that a lone message would wait for.
     */
    void flushLater(Connection connection) {
        if (unflushed.isEmpty()) {
            eventLoop.execute(this::flushAll);
        }
        unflushed.add(connection);
    }

    private void flushAll() {
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }
}
