package io.alicia.mqtt.broker.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * systemd, where it started the broker with {@code Type=notify} or {@code WatchdogSec=}, as the units of Mosquitto have
 * it: it waits to hear that the broker runs, and that it still does (sd_notify(3)). Does nothing elsewhere.
 *
 * <p>Java has no datagram sockets of the file system, so systemd-notify(1) says it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is warned of, or is the silence that systemd hears
final class ServiceManager implements AutoCloseable {

    private static final String PROGRAM = "systemd-notify";

    private final String program;
    private final boolean listens;
    private final long watchdogMicros;
    private final Consumer<String> warnings;
    private final AtomicBoolean asked = new AtomicBoolean();
    private @Nullable ScheduledExecutorService timer;

    /**
     * The one that the environment names.
     *
     * @param warnings hears why systemd can't be told
     */
    ServiceManager(Map<String, String> environment, Consumer<String> warnings) {
        this(PROGRAM, environment, ProcessHandle.current().pid(), warnings);
    }

    ServiceManager(String program, Map<String, String> environment, long pid, Consumer<String> warnings) {
        this.program = program;
        this.listens = !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
        this.watchdogMicros = listens && isFor(pid, environment) ? micros(environment) : 0;
        this.warnings = warnings;
    }

    private static boolean isFor(long pid, Map<String, String> environment) {
        String wanted = environment.getOrDefault("WATCHDOG_PID", "");
        return wanted.isEmpty() || wanted.equals(Long.toString(pid));
    }

    private static long micros(Map<String, String> environment) {
        try {
            return Math.max(0, Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0")));
        } catch (NumberFormatException e) {
            // systemd writes a number; whoever wrote something else wants no watchdog.
            return 0;
        }
    }

    /** Whether anybody waits to hear something. */
    boolean listens() {
        return listens;
    }

    /**
     * The broker runs.
     *
     * @param isAlive begins to ask it whether it still answers; what it gives completes if so
     */
    void running(Supplier<? extends CompletableFuture<?>> isAlive) {
        tell("READY=1");
        if (watchdogMicros > 0) {
            ScheduledExecutorService made = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "watchdog");
                thread.setDaemon(true);
                return thread;
            });
            timer = made;
            // Half of the time, as sd_watchdog_enabled(3) advises.
            made.scheduleAtFixedRate(() -> ask(isAlive), 0, Math.max(1, watchdogMicros / 2), TimeUnit.MICROSECONDS);
        }
    }

    /** Asks the broker, unless it has still to answer. */
    void ask(Supplier<? extends CompletableFuture<?>> isAlive) {
        if (asked.compareAndSet(false, true)) {
            // Not on the event loop that answers: it takes a process.
            isAlive.get().thenRunAsync(() -> {
                asked.set(false);
                tell("WATCHDOG=1");
            });
        }
    }

    /** The broker is about to end. */
    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
        tell("STOPPING=1");
    }

    private void tell(String state) {
        if (!listens) {
            return;
        }
        try {
            new ProcessBuilder(program, state)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .thenAccept(ended -> {
                        if (ended.exitValue() != 0) {
                            warn(state, program + " ended with " + ended.exitValue());
                        }
                    });
        } catch (IOException e) {
            warn(state, String.valueOf(e.getMessage()));
        }
    }

    private void warn(String state, String reason) {
        warnings.accept("Warning: systemd could not be told " + state + ": " + reason
                + ". Without systemd-notify set Type=exec and no WatchdogSec in the unit.");
    }
}
