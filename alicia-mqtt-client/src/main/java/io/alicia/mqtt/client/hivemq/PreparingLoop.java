package io.alicia.mqtt.client.hivemq;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The loop of a {@link PreparingGroup}: everything is the real loop's, but for what comes before a registration. */
final class PreparingLoop extends AbstractEventExecutor implements EventLoop {

    private final EventLoop real;
    private final EventLoopGroup parent;
    private final Consumer<Channel> preparation;

    PreparingLoop(EventLoop real, EventLoopGroup parent, Consumer<Channel> preparation) {
        this.real = real;
        this.parent = parent;
        this.preparation = preparation;
    }

    @Override
    public ChannelFuture register(Channel channel) {
        preparation.accept(channel);
        return real.register(channel);
    }

    @Override
    public ChannelFuture register(ChannelPromise promise) {
        preparation.accept(promise.channel());
        return real.register(promise);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // Netty's method
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        preparation.accept(channel);
        return real.register(channel, promise);
    }

    @Override
    public EventLoopGroup parent() {
        return parent;
    }

    @Override
    public EventLoop next() {
        return this;
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return real.inEventLoop(thread);
    }

    @Override
    public void execute(Runnable task) {
        real.execute(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return real.schedule(command, delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return real.schedule(callable, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return real.scheduleAtFixedRate(command, initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return real.scheduleWithFixedDelay(command, initialDelay, delay, unit);
    }

    @Override
    public boolean isShuttingDown() {
        return real.isShuttingDown();
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        return real.shutdownGracefully(quietPeriod, timeout, unit);
    }

    @Override
    public Future<?> terminationFuture() {
        return real.terminationFuture();
    }

    @Override
    @Deprecated
    public void shutdown() {
        real.shutdown();
    }

    @Override
    public boolean isShutdown() {
        return real.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return real.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return real.awaitTermination(timeout, unit);
    }
}
