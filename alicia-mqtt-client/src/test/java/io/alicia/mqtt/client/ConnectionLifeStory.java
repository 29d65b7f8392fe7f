package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.spi.MqttConnection;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A {@link ConnectionLife} with the network and the clock in the test's hand. */
abstract class ConnectionLifeStory {

    static final ServerAddress SERVER = ServerAddress.of("mqtt://house");

    final FakeTransport transport = new FakeTransport();
    final TestScheduler time = new TestScheduler();
    final List<ConnectionState> states = new ArrayList<>();
    final List<DisconnectCause> lost = new ArrayList<>();

    /** What follows from a connection. */
    Runnable whenConnected = () -> {};

    static ClientSettings.Builder settings() {
        return ClientSettings.builder().addServers(SERVER).clientIdentifier("walker");
    }

    ConnectionLife life(ClientSettings settings) {
        return life(settings, new Random(7));
    }

    ConnectionLife life(ClientSettings settings, RandomGenerator random) {
        return life(settings, random, Schedulers.trampoline());
    }

    ConnectionLife life(ClientSettings settings, RandomGenerator random, Scheduler suppliers) {
        return new ConnectionLife(
                settings,
                transport,
                new ConnectionLife.Schedule(
                        time,
                        () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)),
                        suppliers,
                        Schedulers.trampoline()),
                random,
                new Lane(Runnable::run),
                new ConnectionLife.Listener() {
                    @Override
                    public void stateChanged(ConnectionState state) {
                        states.add(state);
                    }

                    @Override
                    public void connected(MqttConnection connection, ServerAddress server) {
                        assertThat(connection).isInstanceOf(FakeConnection.class);
                        whenConnected.run();
                    }

                    @Override
                    public void disconnected(DisconnectCause cause) {
                        lost.add(cause);
                    }
                });
    }

    void fail(ConnectFailure why) {
        FakeTransport.Attempt attempt = transport.lastAttempt();
        attempt.answer().onError(new ConnectFailedException(attempt.request().server(), why, null));
    }

    /** Advances the clock to the next attempt; how long that took, in milliseconds. */
    long waitForNextAttempt(ConnectionLife life) {
        ConnectionState.Waiting waiting = (ConnectionState.Waiting) life.state();
        long now = time.now(TimeUnit.MILLISECONDS);
        long wait = waiting.until().toEpochMilli() - now;
        time.advanceTimeBy(wait, TimeUnit.MILLISECONDS);
        return wait;
    }
}
