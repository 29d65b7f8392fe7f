package io.alicia.mqtt.broker.listener;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections of one listener in as long as its own limit and the broker's allow. The end of a connection and the
 * beginning of the next one reach the broker by different sockets, and in any order: who finds no room gets a moment,
 * in which nothing is read from it, so that a client that closes and comes back at once is not refused. Safe for any
 * number of threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class Admittance {

    /** Each pause is twice the one before, so that all together are a quarter of a second. */
    private static final long LONGEST_PAUSE_MILLIS = 128;

    private final ConnectionLimit listener;
    private final ConnectionLimit broker;
    private final ConnectionLimit waiting;

    /**
     * Both limits have to allow a connection.
     *
     * @param listener how many the listener may have
     * @param broker how many all listeners may have together
     * @param waiting how many may wait for room, so that a flood of them costs nothing
     */
    Admittance(ConnectionLimit listener, ConnectionLimit broker, ConnectionLimit waiting) {
        this.listener = listener;
        this.broker = broker;
        this.waiting = waiting;
    }

    /**
     * Decides on a connection that was accepted; on its event loop, where one of the two is called.
     *
     * @param channel the connection
     * @param admitted there is room for it, until it closes; it is given what makes its place free before, from the
     *     connection's event loop
     * @param refused there is none
     */
    void decide(Channel channel, Consumer<Runnable> admitted, Runnable refused) {
        Runnable leave = enterOrNull(channel);
        if (leave != null) {
            admitted.accept(leave);
        } else if (waiting.enter()) {
            channel.config().setAutoRead(false);
            tryAgain(channel, admitted, refused, 1);
        } else {
            refused.run();
        }
    }

    private void tryAgain(Channel channel, Consumer<Runnable> admitted, Runnable refused, long pauseMillis) {
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (!channel.isOpen()) {
                                waiting.leave();
                                return;
                            }
                            Runnable leave = enterOrNull(channel);
                            if (leave != null) {
                                waiting.leave();
                                admitted.accept(leave);
                                channel.config().setAutoRead(true);
                            } else if (pauseMillis < LONGEST_PAUSE_MILLIS) {
                                tryAgain(channel, admitted, refused, 2 * pauseMillis);
                            } else {
                                waiting.leave();
                                refused.run();
                            }
                        },
                        pauseMillis,
                        TimeUnit.MILLISECONDS);
    }

    /** What gives the place back, at the latest when the connection closes; null if there is none. */
    private @Nullable Runnable enterOrNull(Channel channel) {
        if (!listener.enter()) {
            return null;
        }
        if (!broker.enter()) {
            listener.leave();
            return null;
        }
        AtomicBoolean left = new AtomicBoolean();
        Runnable leave = () -> {
            if (left.compareAndSet(false, true)) {
                listener.leave();
                broker.leave();
            }
        };
        channel.closeFuture().addListener(closed -> leave.run());
        return leave;
    }
}
