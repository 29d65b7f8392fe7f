package io.alicia.mqtt.client.hivemq;

import io.netty.channel.Channel;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.MultithreadEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorChooserFactory;
import io.netty.util.concurrent.Future;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The one thread of one transport: an event loop that serves this transport alone, so that closing it closes every socket
 * at once and leaves nothing behind. Without it a connection attempt could not be given up before its timeout.
 */
final class IoThread {

    private static final Logger LOGGER = LoggerFactory.getLogger(IoThread.class);

    private static final String MDC_CLIENT = "mqtt.client";

    private final PreparingChooser chooser = new PreparingChooser();
    private final MultithreadEventLoopGroup group;
    private final SingleThreadEventLoop loop;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableSubject ended = CompletableSubject.create();

    /** For {@code clientIdentifier}, which the thread and its logging context are named after. */
    IoThread(String clientIdentifier) {
        ThreadFactory threads = new DefaultThreadFactory("alicia-mqtt-" + clientIdentifier, true);
        group = newGroup(
                task -> threads.newThread(() -> {
                            MDC.put(MDC_CLIENT, clientIdentifier);
                            try {
                                task.run();
                            } finally {
                                chooser.ended();
                                ended.onComplete();
                            }
                        })
                        .start(),
                chooser);
        loop = chooser.real();
    }

    /** The HiveMQ client uses native epoll where it finds it; the event loop must be of the same family as its channels. */
    private static MultithreadEventLoopGroup newGroup(Executor startsThread, EventExecutorChooserFactory chooser) {
        try {
            Class<?> epoll = Class.forName("io.netty.channel.epoll.Epoll");
            if (Boolean.TRUE.equals(epoll.getMethod("isAvailable").invoke(null))) {
                return Class.forName("io.netty.channel.epoll.EpollEventLoopGroup")
                        .asSubclass(MultithreadEventLoopGroup.class)
                        .getConstructor(
                                int.class,
                                Executor.class,
                                EventExecutorChooserFactory.class,
                                SelectStrategyFactory.class)
                        .newInstance(1, startsThread, chooser, DefaultSelectStrategyFactory.INSTANCE);
            }
        } catch (ClassNotFoundException e) {
            LOGGER.trace("no native epoll on the class path, NIO it is");
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new IllegalStateException("an unexpected version of Netty's native epoll is on the class path", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Netty's native epoll does not start", e);
        }
        return new NioEventLoopGroup(
                1, startsThread, chooser, SelectorProvider.provider(), DefaultSelectStrategyFactory.INSTANCE);
    }

    /** What the HiveMQ client runs on. */
    Executor executor() {
        return group;
    }

    /** What is done with each channel from now on, before it is registered. */
    void onRegister(Consumer<Channel> prepare) {
        chooser.onRegister(prepare);
    }

    /** Runs {@code task} on the thread next; not at all if it has ended by then. */
    void execute(Runnable task) {
        if (!closing.get()) {
            loop.execute(task);
        }
    }

    /** Runs {@code task} on the thread later; not at all if it has ended by then. */
    void schedule(Runnable task, Duration delay) {
        if (!closing.get()) {
            loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS).addListener(IoThread::report);
        }
    }

    /** Closes every socket of this transport. */
    void closeChannels() {
        if (closing.get()) {
            return;
        }
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

    /** Closes every socket and ends the thread; completes as the last thing that the thread does. */
    Completable close() {
        if (closing.compareAndSet(false, true)) {
            loop.execute(() -> {
                Future<?> unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS); // the thread tells of it
                forgetResolver();
            });
        }
        return ended;
    }

    /**
     * By default Netty keeps a resolver for each event loop that connected, and would be told of the loop's end where it forgets it, on
     * its {@code globalEventExecutor}: a thread that is no daemon and stays for a second. All of these are forgotten together; who
     * needs one has another made for the next connection, and closing those that ask the system does nothing. From here on this
     * loop is given none any more.
     */
    private static void forgetResolver() {
        DefaultAddressResolverGroup.INSTANCE.close();
    }
}
