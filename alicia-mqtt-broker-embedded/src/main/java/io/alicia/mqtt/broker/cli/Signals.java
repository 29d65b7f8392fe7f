package io.alicia.mqtt.broker.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;

/**
 * POSIX signals. The JDK's only door to them is {@code sun.misc.Signal}, which a strict build may not name; it is
 * exported for such uses, and found by reflection.
 */
final class Signals {

    /** Ignored by default; tells of urgent data on a socket that asked to be told. */
    private static final String MEANS_NOTHING = "URG";

    /** Whatever the machine is busy with, it must not keep clients out. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Signals() {}

    /**
     * Tells when a signal from before was heard, by raising one that means nothing.
     *
     * @param name of the signal, without {@code SIG}
     * @return asked by whoever must not be faster than what was given to {@link #handle}
     */
    static SignalBarrier barrier(String name) {
        return barrier(name, PATIENCE);
    }

    /** As {@link #barrier(String)}, with another patience. */
    static SignalBarrier barrier(String name, Duration patience) {
        SignalDispatcher dispatcher = SignalDispatcher.findOrNull();
        SignalBarrier barrier = new SignalBarrier(
                () -> raise(MEANS_NOTHING),
                () -> finish("SIG" + name + " handler"),
                dispatcher == null ? null : dispatcher::idle,
                patience);
        if (!handle(MEANS_NOTHING, barrier::heard)) {
            barrier.giveUp();
        }
        return barrier;
    }

    /** Waits for the threads that the JVM made for a signal; it names them so. */
    private static void finish(String threadName) {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        // Threads that begin meanwhile handle later signals.
        Thread[] threads = new Thread[2 * all.activeCount() + 1];
        int count = all.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().equals(threadName)) {
                try {
                    threads[i].join(PATIENCE.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static void raise(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            signal.getMethod("raise", signal)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't raise SIG" + name, e);
        }
    }

    /**
     * Runs something, on a thread of its own, whenever a signal comes.
     *
     * @param name without {@code SIG}
     * @param action what to run
     * @return whether this machine has the signal and the JVM leaves it to us
     */
    static boolean handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        return switch (method.getName()) {
                            case "handle" -> {
                                action.run();
                                yield null;
                            }
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> arguments != null && self == arguments[0];
                            default -> "handler of SIG" + name;
                        };
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            return true;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return false;
            }
            throw new IllegalStateException("can't handle SIG" + name, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't handle SIG" + name, e);
        }
    }
}
