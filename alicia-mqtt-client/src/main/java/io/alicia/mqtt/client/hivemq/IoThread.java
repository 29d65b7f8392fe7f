package io.alicia.mqtt.client.hivemq;

import io.netty.channel.Channel;
import io.netty.channel.MultithreadEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The one thread of one transport: an event loop that serves this transport alone, so that closing it closes every socket
 * at once and leaves nothing behind but Netty's {@code globalEventExecutor} for a second, which every group of event loops tells of
 * its end, whether somebody listens or not. Without it a connection attempt could not be given up before its timeout.
 */
final class IoThread {

    private static final Logger LOGGER = LoggerFactory.getLogger(IoThread.class);

    private static final String MDC_CLIENT = "mqtt.client";

    private final MultithreadEventLoopGroup group;
    private final PreparingGroup seenByHiveMq;
    private final CompletableSubject ended = CompletableSubject.create();

    /** For {@code clientIdentifier}, which the thread and its logging context are named after. */
    IoThread(String clientIdentifier) {
        ThreadFactory threads = new DefaultThreadFactory("alicia-mqtt-" + clientIdentifier, true);
        group = newGroup(task -> threads.newThread(() -> {
            MDC.put(MDC_CLIENT, clientIdentifier);
            task.run();
        }));
        seenByHiveMq = new PreparingGroup(group.next());
    }

    /** The HiveMQ client uses native epoll where it finds it; the event loop must be of the same family as its channels. */
    private static MultithreadEventLoopGroup newGroup(ThreadFactory threads) {
        try {
            Class<?> epoll = Class.forName("io.netty.channel.epoll.Epoll");
            if (Boolean.TRUE.equals(epoll.getMethod("isAvailable").invoke(null))) {
                return Class.forName("io.netty.channel.epoll.EpollEventLoopGroup")
                        .asSubclass(MultithreadEventLoopGroup.class)
                        .getConstructor(int.class, ThreadFactory.class)
                        .newInstance(1, threads);
            }
        } catch (ClassNotFoundException e) {
            LOGGER.trace("no native epoll on the class path, NIO it is");
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new IllegalStateException("an unexpected version of Netty's native epoll is on the class path", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Netty's native epoll does not start", e);
        }
        return new NioEventLoopGroup(1, threads);
    }

    /** What the HiveMQ client runs on. */
    Executor executor() {
        return seenByHiveMq;
    }

    /** What is done with each channel from now on, before it is registered. */
    void onRegister(Consumer<Channel> prepare) {
        seenByHiveMq.onRegister(prepare);
    }

    /** Runs {@code task} on the thread next; not at all if it has ended by then. */
    void execute(Runnable task) {
        if (!group.isShuttingDown()) {
            group.next().execute(task);
        }
    }

    /** Runs {@code task} on the thread later; not at all if it has ended by then. */
    void schedule(Runnable task, Duration delay) {
        if (!group.isShuttingDown()) {
            group.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS).addListener(IoThread::report);
        }
    }

    /** Closes every socket of this transport. */
    void closeChannels() {
        if (group.isShuttingDown()) {
            return;
        }
        SingleThreadEventLoop loop = (SingleThreadEventLoop) group.next();
        loop.execute(() -> {
            List<Channel> channels = new ArrayList<>();
            loop.registeredChannelsIterator().forEachRemaining(channels::add);
            channels.forEach(channel -> channel.close().addListener(IoThread::report));
        });
    }

    private static void report(Future<?> done) {
        if (done.cause() != null && !done.isCancelled()) {
            LOGGER.warn("closing a connection failed", done.cause());
        }
    }

    /** Closes every socket and ends the thread; completes when it has ended. */
    Completable close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(future -> ended.onComplete());
        return ended;
    }
}
