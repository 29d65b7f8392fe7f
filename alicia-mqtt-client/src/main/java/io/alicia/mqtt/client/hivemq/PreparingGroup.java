package io.alicia.mqtt.client.hivemq;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultithreadEventLoopGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * An event loop as the HiveMQ client sees it: the real one, and each channel passes through {@link #onRegister} before it is
 * registered there. A channel can be got hold of at no other place.
 */
final class PreparingGroup extends MultithreadEventLoopGroup {

    private static final ThreadFactory NO_THREADS = task -> {
        throw new IllegalStateException("the thread is the real event loop's");
    };

    private volatile Consumer<Channel> preparation = channel -> {};

    PreparingGroup(EventLoop real) {
        super(1, NO_THREADS, real);
    }

    /** What is done with channels from now on, on any thread. */
    void onRegister(Consumer<Channel> prepare) {
        preparation = prepare;
    }

    @Override
    protected EventLoop newChild(Executor executor, Object... arguments) {
        return new PreparingLoop((EventLoop) arguments[0], this, channel -> preparation.accept(channel));
    }
}
