package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.protocol.EncodedPublish;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop with what its sessions share: the mailbox for them, known routes, and connections to flush. */
@SuppressWarnings("FutureReturnValueIgnored") // of a task that handles its own failures
public final class BrokerLoop implements Executor {

    /** Payloads from this size on are written beside their head; smaller ones are cheaper to copy than to gather. */
    static final int SHARED_PAYLOAD_BYTES = 16 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(BrokerLoop.class);

    private final EventLoop eventLoop;
    private final Mailbox mailbox;
    private final RouteCache routes = new RouteCache();
    private final List<Connection> unflushed = new ArrayList<>();
    private @Nullable Mailbox fullMailbox;
    private @Nullable ByteBuf sharedPayload;
    private @Nullable EncodedPublish sharedPayloadOf;

    /**
     * Wraps an event loop; once for each.
     *
     * @param eventLoop Netty's part
     * @param mailboxBytes how much of other loops may wait for it before their publishers do
     */
    public BrokerLoop(EventLoop eventLoop, long mailboxBytes) {
        this.eventLoop = eventLoop;
        this.mailbox = new Mailbox(eventLoop, mailboxBytes);
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

    /** Runs a task when all sockets that are ready had their turn; one that was just given runs before that. */
    void executeInNextPass(Runnable task) {
        // Netty looks at what is scheduled once a pass, but at given tasks until there are none or the time is up.
        eventLoop.schedule(task, 0, TimeUnit.NANOSECONDS);
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
        try {
            for (int i = 0; i < unflushed.size(); i++) {
                flush(unflushed.get(i));
            }
        } finally {
            unflushed.clear();
            releaseSharedPayload();
        }
    }

    private static void flush(Connection connection) {
        try {
            connection.flush();
        } catch (RuntimeException e) {
            LOG.error("cannot write to {}", connection.remoteAddress(), e);
        }
    }

    /**
     * A large payload for one more socket of this loop: copied out of the heap once a pass, not once a socket. The caller
     * owns a reference.
     */
    ByteBuf sharedPayload(EncodedPublish publish, ByteBufAllocator allocator) {
        ByteBuf present = sharedPayload;
        if (present == null || sharedPayloadOf != publish) {
            releaseSharedPayload();
            ByteBuf payload = publish.payload();
            present = allocator.directBuffer(payload.readableBytes()).writeBytes(payload);
            sharedPayload = present;
            sharedPayloadOf = publish;
        }
        return present.retainedDuplicate();
    }

    private void releaseSharedPayload() {
        if (sharedPayload != null) {
            sharedPayload.release();
            sharedPayload = null;
            sharedPayloadOf = null;
        }
    }
}
