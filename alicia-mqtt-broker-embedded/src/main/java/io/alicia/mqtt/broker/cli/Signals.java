package io.alicia.mqtt.broker.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * POSIX signals. The JDK's only door to them is {@code sun.misc.Signal}, which a strict build may not name; it is
 * exported for such uses, and found by reflection.
 */
final class Signals {

    /** Ignored by default; tells of urgent data on a socket that asked to be told. */
    private static final String MEANS_NOTHING = "URG";

    private Signals() {}

    /** Lets a signal come that means nothing, so that the next one finds loaded and linked what it needs. */
    static void rehearse() {
        if (!handle(MEANS_NOTHING, () -> {})) {
            return;
        }
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            signal.getMethod("raise", signal)
                    .invoke(null, signal.getConstructor(String.class).newInstance(MEANS_NOTHING));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't raise SIG" + MEANS_NOTHING, e);
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
