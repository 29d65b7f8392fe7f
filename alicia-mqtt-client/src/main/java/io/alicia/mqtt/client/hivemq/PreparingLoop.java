package io.alicia.mqtt.client.hivemq;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a {@link PreparingChooser} gives out: the real loop, but for what comes before a registration and for who tells of its end. */
final class PreparingLoop extends AbstractEventExecutor implements EventLoop {

    private final EventLoop real;
    private final Consumer<Channel> preparation;
    private final Promise<?> termination = new DefaultPromise<Void>(ImmediateEventExecutor.INSTANCE);

    PreparingLoop(EventLoop real, Consumer<Channel> preparation) {
        this.real = real;
        this.preparation = preparation;
    }

    /** Tells those who wait for its {@link #terminationFuture}, here and now. */
    void ended() {
        termination.trySuccess(null);
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
        return real.parent();
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
        Future<?> unused = real.shutdownGracefully(quietPeriod, timeout, unit);
        return termination;
    }

    @Override
    public Future<?> terminationFuture() {
        return termination;
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
