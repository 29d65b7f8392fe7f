package io.alicia.mqtt.broker.session;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;

/**
 * How the broker hangs up on a client that it has told why: it ends its own direction alone and takes no notice of what
 * still comes, until the client hangs up as well. If the socket were closed at once, the client's next packet would be
 * answered with a reset, which makes its writes fail and may cost it what it has not read yet, the reason among it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class Farewell {

    /** Enough for whoever reads at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Farewell() {}

    /** Hangs up, on the channel's event loop, when all has been written; at once where no direction ends on its own. */
    static void say(Channel channel, Timers timers, BrokerLoop loop) {
        if (!(channel instanceof DuplexChannel socket)) {
            channel.close();
            return;
        }
        Runnable stop = timers.schedule(loop, PATIENCE, channel::close);
        channel.closeFuture().addListener(closed -> stop.run());
        socket.shutdownOutput().addListener(ended -> {
            if (ended.isSuccess()) {
                channel.config().setAutoRead(true);
            } else {
                channel.close();
            }
        });
    }

    /** Whether it was said and the client has not hung up yet. */
    static boolean isSaid(Channel channel) {
        return channel instanceof DuplexChannel socket && socket.isOutputShutdown();
    }
}
