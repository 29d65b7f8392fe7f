package io.alicia.mqtt.client.hivemq;

import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorChooserFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has a group of one event loop give that out as a {@link PreparingLoop}, through which each channel passes before it is registered.
 * A channel can be got hold of at no other place.
 *
 * <p>The group also believes that it consists of that, since it is asked for a chooser before it listens for the end of its event
 * loops. Otherwise the end would be told on Netty's {@code globalEventExecutor}, a thread that is no daemon and stays for a second.
 */
final class PreparingChooser implements EventExecutorChooserFactory {

    private volatile Consumer<Channel> preparation = channel -> {};
    private @Nullable SingleThreadEventLoop real;
    private @Nullable PreparingLoop seen;

    /** What is done with channels from now on, on any thread. */
    void onRegister(Consumer<Channel> prepare) {
        preparation = prepare;
    }

    @Override
    public EventExecutorChooser newChooser(EventExecutor[] loops) {
        SingleThreadEventLoop only = (SingleThreadEventLoop) loops[0];
        PreparingLoop given = new PreparingLoop(only, channel -> preparation.accept(channel));
        real = only;
        seen = given;
        loops[0] = given;
        return () -> given;
    }

    /** The event loop itself; there from when the group is made. */
    SingleThreadEventLoop real() {
        return made(real);
    }

    /** The event loop has ended. On its own thread, that nobody else has to tell of it. */
    void ended() {
        made(seen).ended();
    }

    private static <T> T made(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("no group was made with this");
        }
        return part;
    }
}
