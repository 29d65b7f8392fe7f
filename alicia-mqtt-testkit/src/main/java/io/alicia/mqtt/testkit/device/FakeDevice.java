package io.alicia.mqtt.testkit.device;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.topic.DeviceId;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A device that takes commands from both of its topics, remembers and answers them. The client stays the test's; closing the
 * device only ends its listening. Safe for several threads.
 */
public abstract sealed class FakeDevice implements AutoCloseable permits FakeBulb, FakeSpeaker {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final AliciaMqtt client;
    private final DeviceId deviceId;
    private final List<Command> commands = new ArrayList<>();
    private final CompositeDisposable listening = new CompositeDisposable();

    FakeDevice(AliciaMqtt client, String deviceId) {
        this.client = client;
        this.deviceId = DeviceId.of(deviceId);
    }

    /** Listens, and publishes its first status; returns when the server has both. */
    final void begin() {
        listening.add(client.devices().device(deviceId.value()).onCommand(this::take));
        listening.add(client.commands().onCommand(deviceId.value(), this::take));
        client.subscribed().andThen(Completable.defer(this::publishStatus)).blockingAwait();
    }

    private Single<CommandResult> take(Command command) {
        boolean known = carryOut(command);
        synchronized (commands) {
            commands.add(command);
            commands.notifyAll();
        }
        CommandResult.Builder result = CommandResult.builder();
        result.success(known).command(command.name()).deviceId(deviceId);
        if (!known) {
            return Single.just(
                    result.error("this device cannot " + command.name()).build());
        }
        return Completable.defer(this::publishStatus).toSingleDefault(result.build());
    }

    /** Changes what it is; false if it knows no such command. Calls come from several threads. */
    abstract boolean carryOut(Command command);

    /** Publishes what it is, retained. */
    abstract Completable publishStatus();

    final AliciaMqtt client() {
        return client;
    }

    /** Its id in topics. */
    public final DeviceId deviceId() {
        return deviceId;
    }

    /** What it was told so far, in the order of arrival. */
    public final List<Command> commands() {
        synchronized (commands) {
            return List.copyOf(commands);
        }
    }

    /**
     * The first command of this name, arrived already or to come; blocks until then.
     *
     * @throws AssertionError if none comes within five seconds; the message lists what came
     */
    public final Command awaitCommand(String name) {
        return awaitCommand(name, TIMEOUT);
    }

    /**
     * The same with another bound.
     *
     * @throws AssertionError if none comes in time; the message lists what came
     */
    public final Command awaitCommand(String name, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (commands) {
            while (true) {
                for (Command command : commands) {
                    if (command.name().equals(name)) {
                        return command;
                    }
                }
                waitForMore(name, timeout, deadline);
            }
        }
    }

    private void waitForMore(String name, Duration timeout, long deadline) {
        long remaining = deadline - System.nanoTime();
        if (remaining <= 0) {
            throw new AssertionError(deviceId + " was not told to " + name + " within " + timeout.toMillis()
                    + " ms; it was told " + commands.stream().map(Command::name).toList());
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(commands, remaining);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a command", e);
        }
    }

    /** Ends its listening. */
    @Override
    public void close() {
        listening.dispose();
    }
}
