package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.MqttConnection;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Walks the states of a connection's life with the network and the clock in the test's hand. */
class ConnectionLifeTest {

    private static final ServerAddress SERVER = ServerAddress.of("mqtt://house");

    private final FakeTransport transport = new FakeTransport();
    private final TestScheduler time = new TestScheduler();
    private final List<ConnectionState> states = new ArrayList<>();
    private final List<DisconnectCause> lost = new ArrayList<>();

    @Test
    void connects() {
        ConnectionLife life = life(settings().build());

        life.start(true);
        transport.accept(false);

        assertThat(states)
                .containsExactly(
                        new ConnectionState.Connecting(1, SERVER), new ConnectionState.Connected(SERVER, false));
        life.firstConnected().test().assertComplete();
    }

    @Test
    void gives_up_when_the_first_attempt_fails_and_that_was_asked_for() {
        ConnectionLife life = life(settings().build());

        life.start(true);
        fail(new ConnectFailure.Unreachable("nobody"));
        time.advanceTimeBy(1, TimeUnit.HOURS);

        assertThat(life.state()).isInstanceOf(ConnectionState.Closed.class);
        life.firstConnected().test().assertError(ConnectFailedException.class);
        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void keeps_trying_and_waits_longer_each_time() {
        ConnectionLife life = life(settings().build());

        life.start(false);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            fail(new ConnectFailure.Unreachable("nobody"));
            waits.add(waitForNextAttempt(life));
        }

        for (int i = 0; i < waits.size(); i++) {
            long full = Math.min(60_000, 500L << i);
            assertThat(waits.get(i)).as("wait %s of %s", i, waits).isBetween(full / 2, full);
        }
    }

    @Test
    void does_not_hammer_a_server_that_refuses_its_credentials() {
        ConnectionLife life = life(settings().build());

        life.start(false);
        fail(new ConnectFailure.Refused(ReasonCode.NOT_AUTHORIZED, Optional.empty(), Optional.empty()));

        assertThat(waitForNextAttempt(life)).isBetween(30_000L, 60_000L);
    }

    @Test
    void waits_longer_each_time_for_credentials_that_stay_wrong() {
        ConnectionLife life = life(settings()
                .backoff(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)))
                .build());
        life.start(false);

        for (int i = 0; i < 12; i++) {
            fail(new ConnectFailure.Refused(ReasonCode.NOT_AUTHORIZED, Optional.empty(), Optional.empty()));
            long full = Math.min(300_000, 1_000L << i);
            assertThat(waitForNextAttempt(life)).as("wait %s", i).isBetween(full / 2, full);
        }
    }

    @Test
    void does_not_hammer_a_server_that_accepts_it_and_then_says_that_it_may_not() {
        ConnectionLife life = life(settings().build());
        life.start(false);

        sendAway(transport.accept(false), ReasonCode.NOT_AUTHORIZED);
        assertThat(waitForNextAttempt(life)).as("its password may be a new one").isBetween(250L, 500L);
        sendAway(transport.accept(false), ReasonCode.NOT_AUTHORIZED);
        assertThat(waitForNextAttempt(life)).isBetween(30_000L, 60_000L);
        sendAway(transport.accept(false), ReasonCode.NOT_AUTHORIZED);
        assertThat(waitForNextAttempt(life)).isBetween(60_000L, 120_000L);

        FakeConnection lasting = transport.accept(false);
        time.advanceTimeBy(5, TimeUnit.SECONDS);
        sendAway(lasting, ReasonCode.NOT_AUTHORIZED);
        assertThat(waitForNextAttempt(life)).isBetween(250L, 500L);
    }

    private static void sendAway(FakeConnection connection, ReasonCode why) {
        connection.closed.onSuccess(DisconnectCause.builder()
                .initiator(DisconnectCause.Initiator.SERVER)
                .reasonCode(why)
                .build());
    }

    @Test
    @Timeout(30)
    void gives_a_supplier_the_time_of_the_attempt_and_names_the_one_that_hangs() {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        AtomicInteger asked = new AtomicInteger();
        ConnectionLife life = life(
                settings()
                        .credentials(() -> {
                            if (asked.incrementAndGet() == 1) {
                                hangUntilInterrupted();
                            }
                            return new Credentials("u", "p");
                        })
                        .build(),
                new Random(7),
                Schedulers.from(thread, true));
        life.start(false);
        Awaitility.await().until(() -> asked.get() == 1);

        time.advanceTimeBy(10, TimeUnit.SECONDS);

        Awaitility.await().until(() -> life.state() instanceof ConnectionState.Waiting);
        assertThat(((ConnectionState.Waiting) life.state()).reason())
                .contains("no answer from the supplier of credentials within 10000 ms");
        waitForNextAttempt(life);
        transport.awaitAttempt();
        assertThat(transport.attempts).as("the supplier answers now").hasSize(1);
        thread.shutdown();
    }

    private static void hangUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void refuses_to_connect_as_nobody_when_the_supplier_of_credentials_has_none() {
        AtomicReference<Credentials> vault = new AtomicReference<>();
        ConnectionLife life = life(settings().credentials(vault::get).build());

        life.start(true);

        assertThat(transport.attempts).isEmpty();
        life.firstConnected()
                .test()
                .assertError(failure -> "the supplier of credentials gave null".equals(failure.getMessage()));
    }

    @Test
    void says_what_a_supplier_failed_with_however_badly() {
        ConnectionLife life = life(settings()
                .credentials(() -> {
                    throw new NoClassDefFoundError("com/example/Vault");
                })
                .build());

        life.start(false);

        assertThat(((ConnectionState.Waiting) life.state()).reason()).isEqualTo("com/example/Vault");
    }

    @Test
    void tries_again_where_no_thread_could_be_started_for_an_attempt() {
        AtomicInteger asked = new AtomicInteger();
        ConnectionLife life = life(settings().build(), new Random(7), Schedulers.from(task -> {
            if (asked.incrementAndGet() == 1) {
                throw new InternalError("unable to create native thread");
            }
            task.run();
        }));

        life.start(false);
        assertThat(((ConnectionState.Waiting) life.state()).reason()).contains("unable to create native thread");
        transport.nextFailure = new InternalError("unable to create native thread");
        waitForNextAttempt(life);
        assertThat(((ConnectionState.Waiting) life.state()).reason()).contains("unable to create native thread");
        waitForNextAttempt(life);
        transport.accept(false);
        time.advanceTimeBy(1, TimeUnit.MINUTES);

        assertThat(states).last().isEqualTo(new ConnectionState.Connected(SERVER, false));
        assertThat(asked).hasValue(3);
    }

    @Test
    void comes_back_when_the_connection_is_lost() {
        ConnectionLife life = life(settings().build());
        life.start(true);

        transport.accept(false).lose();
        waitForNextAttempt(life);
        transport.accept(true);

        assertThat(lost).hasSize(1);
        assertThat(states).last().isEqualTo(new ConnectionState.Connected(SERVER, true));
        assertThat(states.get(2)).isInstanceOf(ConnectionState.Waiting.class);
        ConnectionState.Waiting waiting = (ConnectionState.Waiting) states.get(2);
        assertThat(waiting.reason()).contains("cable pulled");
        assertThat(waiting.cause().orElseThrow().nextAttempt()).contains(waiting.until());
    }

    @Test
    void starts_its_own_session_anew_and_then_resumes_it() {
        ConnectionLife life = life(settings().build());
        life.start(true);
        assertThat(transport.lastAttempt().request().cleanStart()).isTrue();

        transport.accept(false).lose();
        waitForNextAttempt(life);

        assertThat(transport.lastAttempt().request().cleanStart()).isFalse();
        assertThat(transport.lastAttempt().request().sessionExpiryInterval())
                .isEqualTo(ClientSettings.OWN_SESSION_EXPIRY);
    }

    @Test
    void leaves_no_session_behind_at_a_3_1_1_server() {
        ConnectionLife life = life(settings().version(MqttVersion.MQTT_3_1_1).build());
        life.start(true);
        transport.accept(false).lose();
        waitForNextAttempt(life);

        assertThat(transport.attempts)
                .allSatisfy(
                        attempt -> assertThat(attempt.request().cleanStart()).isTrue());
    }

    @Test
    void resumes_a_session_that_is_the_callers_from_the_first_attempt() {
        ConnectionLife life =
                life(settings().sessionExpiryInterval(Duration.ofDays(1)).build());
        life.start(true);

        assertThat(transport.lastAttempt().request().cleanStart()).isFalse();
        assertThat(transport.lastAttempt().request().sessionExpiryInterval()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void asks_for_no_receive_maximum_any_more_from_a_server_that_does_not_keep_to_it() {
        ConnectionLife life = life(settings().receiveMaximum(10).build());
        life.start(true);
        transport
                .accept(false)
                .closed
                .onSuccess(DisconnectCause.builder()
                        .initiator(DisconnectCause.Initiator.NETWORK)
                        .reasonCode(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED)
                        .build());
        waitForNextAttempt(life);

        assertThat(transport.attempts)
                .extracting(attempt -> attempt.request().receiveMaximum())
                .containsExactly(10, 65_535);
    }

    @Test
    void asks_for_credentials_at_each_attempt() {
        AtomicInteger asked = new AtomicInteger();
        ConnectionLife life = life(settings()
                .credentials(() -> new Credentials("bulb", "secret-" + asked.incrementAndGet()))
                .build());
        life.start(false);
        fail(new ConnectFailure.Unreachable("nobody"));
        waitForNextAttempt(life);

        assertThat(transport.attempts)
                .extracting(attempt ->
                        attempt.request().credentials().orElseThrow().password().toUtf8())
                .containsExactly("secret-1", "secret-2");
        assertThat(transport.lastAttempt().request().toString()).doesNotContain("secret-");
    }

    @Test
    void treats_a_supplier_that_fails_like_an_attempt_that_fails() {
        AtomicInteger asked = new AtomicInteger();
        ConnectionLife life = life(settings()
                .credentials(() -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("vault is sealed");
                    }
                    return new Credentials("bulb", "open");
                })
                .build());
        life.start(false);

        assertThat(((ConnectionState.Waiting) life.state()).reason()).contains("vault is sealed");
        waitForNextAttempt(life);
        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void tries_the_next_server_at_once_and_waits_after_all_of_them() {
        ServerAddress other = ServerAddress.of("mqtt://barn");
        ConnectionLife life = life(settings().addServers(other).build());
        life.start(false);
        ServerAddress first = transport.lastAttempt().request().server();

        fail(new ConnectFailure.Unreachable("nobody"));
        time.triggerActions();
        assertThat(transport.attempts).hasSize(2);
        assertThat(transport.lastAttempt().request().server()).isNotEqualTo(first);
        fail(new ConnectFailure.Unreachable("nobody"));

        assertThat(waitForNextAttempt(life)).isBetween(250L, 500L);
        assertThat(transport.lastAttempt().request().server()).isEqualTo(first);
    }

    @Test
    void follows_a_server_reference_without_waiting() {
        ConnectionLife life = life(settings().build());
        life.start(true);
        fail(new ConnectFailure.Refused(
                ReasonCode.USE_ANOTHER_SERVER, Optional.empty(), Optional.of("barn:1884 attic")));

        assertThat(transport.lastAttempt().request().server()).isEqualTo(ServerAddress.of("mqtt://barn:1884"));
        transport.accept(false);
        assertThat(states).last().isEqualTo(new ConnectionState.Connected(ServerAddress.of("mqtt://barn:1884"), false));
    }

    @Test
    void follows_a_reference_in_a_goodbye_but_never_to_where_nothing_is_encrypted() {
        ServerAddress secure = ServerAddress.of("mqtts://house");
        ConnectionLife life = life(ClientSettings.builder()
                .addServers(secure)
                .clientIdentifier("walker")
                .build());
        life.start(true);

        transport
                .accept(false)
                .closed
                .onSuccess(DisconnectCause.builder()
                        .initiator(DisconnectCause.Initiator.SERVER)
                        .reasonCode(ReasonCode.USE_ANOTHER_SERVER)
                        .serverReference("mqtt://barn mqtts://attic")
                        .build());

        assertThat(transport.lastAttempt().request().server()).isEqualTo(ServerAddress.of("mqtts://attic"));
    }

    @Test
    void says_while_it_waits_what_went_wrong_and_when_it_tries_again() {
        ConnectionLife life = life(settings().build());
        ConnectFailure nobody = new ConnectFailure.Unreachable("nobody");
        life.start(false);
        fail(nobody);
        ConnectionState.Waiting afterFailure = (ConnectionState.Waiting) life.state();
        waitForNextAttempt(life);

        transport.accept(false).lose();

        ConnectionState.Waiting afterLoss = (ConnectionState.Waiting) life.state();
        assertThat(afterFailure.failure()).contains(nobody);
        assertThat(afterFailure.cause()).isEmpty();
        assertThat(afterLoss.failure()).isEmpty();
        assertThat(afterLoss.cause().orElseThrow().reasonString()).contains("cable pulled");
        assertThat(afterLoss.until().toEpochMilli()).isGreaterThan(time.now(TimeUnit.MILLISECONDS));
    }

    @Test
    void stops_following_references_that_go_round_in_circles() {
        ConnectionLife life = life(settings().build());
        life.start(false);
        for (int i = 0; i < 4; i++) {
            fail(new ConnectFailure.Refused(ReasonCode.SERVER_MOVED, Optional.empty(), Optional.of("elsewhere")));
        }
        assertThat(transport.attempts).hasSize(5);

        fail(new ConnectFailure.Refused(ReasonCode.SERVER_MOVED, Optional.empty(), Optional.of("elsewhere")));

        assertThat(life.state()).isInstanceOf(ConnectionState.Waiting.class);
    }

    @Test
    void tries_the_next_server_that_was_named_when_the_first_cannot_be_reached() {
        ConnectionLife life = life(settings().build());
        life.start(false);
        fail(new ConnectFailure.Refused(ReasonCode.SERVER_MOVED, Optional.empty(), Optional.of("barn attic")));

        fail(new ConnectFailure.Unreachable("nobody"));
        time.triggerActions();

        assertThat(transport.lastAttempt().request().server()).isEqualTo(ServerAddress.of("mqtt://attic"));
    }

    @Test
    void is_not_sent_round_in_circles_by_servers_that_accept_it_first() {
        ConnectionLife life = life(settings().build());
        life.start(false);

        for (int i = 0; i < 4; i++) {
            sendAway(transport.accept(false), "elsewhere");
        }
        assertThat(transport.attempts).hasSize(5);
        sendAway(transport.accept(false), "elsewhere");

        assertThat(life.state()).isInstanceOf(ConnectionState.Waiting.class);
        assertThat(waitForNextAttempt(life)).isPositive();
        sendAway(transport.accept(false), "elsewhere");
        assertThat(transport.attempts).as("after a wait it follows again").hasSize(7);
    }

    private static void sendAway(FakeConnection connection, String reference) {
        connection.closed.onSuccess(DisconnectCause.builder()
                .initiator(DisconnectCause.Initiator.SERVER)
                .reasonCode(ReasonCode.USE_ANOTHER_SERVER)
                .serverReference(reference)
                .build());
    }

    @Test
    void waits_longer_each_time_for_a_server_that_drops_it_at_once_and_not_for_one_that_did_not() {
        ConnectionLife life = life(settings().build());
        life.start(false);
        for (int i = 0; i < 4; i++) {
            transport.accept(false).lose();
            assertThat(waitForNextAttempt(life)).isBetween(250L << i, 500L << i);
        }

        FakeConnection lasting = transport.accept(false);
        time.advanceTimeBy(5, TimeUnit.SECONDS);
        lasting.lose();

        assertThat(waitForNextAttempt(life)).isBetween(250L, 500L);
    }

    @Test
    void spreads_clients_over_the_servers() {
        Map<ServerAddress, Integer> first = new HashMap<>();
        ClientSettings three = settings()
                .addServers(ServerAddress.of("mqtt://barn"), ServerAddress.of("mqtt://attic"))
                .build();

        for (int seed = 0; seed < 300; seed++) {
            life(three, new Random(seed)).start(false);
            first.merge(transport.lastAttempt().request().server(), 1, Integer::sum);
        }

        assertThat(first)
                .hasSize(3)
                .allSatisfy((server, clients) -> assertThat(clients).isBetween(70, 130));
    }

    @Test
    void gives_up_only_after_each_configured_server_although_one_named_another() {
        ConnectionLife life =
                life(settings().addServers(ServerAddress.of("mqtt://barn")).build());
        life.start(true);
        fail(new ConnectFailure.Refused(ReasonCode.SERVER_MOVED, Optional.empty(), Optional.of("attic")));
        fail(new ConnectFailure.Unreachable("nobody"));
        time.triggerActions();
        assertThat(transport.attempts).hasSize(3);

        fail(new ConnectFailure.Unreachable("nobody"));

        assertThat(life.state()).isInstanceOf(ConnectionState.Closed.class);
    }

    @Test
    void attempts_nothing_any_more_once_it_is_stopped() {
        ConnectionLife life = life(settings().build());
        life.start(false);
        fail(new ConnectFailure.Unreachable("nobody"));

        life.stop();
        life.closed("test");
        time.advanceTimeBy(1, TimeUnit.HOURS);

        assertThat(transport.attempts).hasSize(1);
        assertThat(states).last().isEqualTo(new ConnectionState.Closed(Optional.empty(), "test"));
        life.firstConnected().test().assertError(IllegalStateException.class);
    }

    private static ClientSettings.Builder settings() {
        return ClientSettings.builder().addServers(SERVER).clientIdentifier("walker");
    }

    private ConnectionLife life(ClientSettings settings) {
        return life(settings, new Random(7));
    }

    private ConnectionLife life(ClientSettings settings, RandomGenerator random) {
        return life(settings, random, Schedulers.trampoline());
    }

    private ConnectionLife life(ClientSettings settings, RandomGenerator random, Scheduler suppliers) {
        return new ConnectionLife(
                settings,
                transport,
                new ConnectionLife.Schedule(
                        time,
                        () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)),
                        suppliers,
                        Schedulers.trampoline()),
                random,
                new Lane(),
                new ConnectionLife.Listener() {
                    @Override
                    public void stateChanged(ConnectionState state) {
                        states.add(state);
                    }

                    @Override
                    public void connected(MqttConnection connection) {
                        assertThat(connection).isInstanceOf(FakeConnection.class);
                    }

                    @Override
                    public void disconnected(DisconnectCause cause) {
                        lost.add(cause);
                    }
                });
    }

    private void fail(ConnectFailure why) {
        FakeTransport.Attempt attempt = transport.lastAttempt();
        attempt.answer().onError(new ConnectFailedException(attempt.request().server(), why, null));
    }

    /** Advances the clock to the next attempt; how long that took, in milliseconds. */
    private long waitForNextAttempt(ConnectionLife life) {
        ConnectionState.Waiting waiting = (ConnectionState.Waiting) life.state();
        long now = time.now(TimeUnit.MILLISECONDS);
        long wait = waiting.until().toEpochMilli() - now;
        time.advanceTimeBy(wait, TimeUnit.MILLISECONDS);
        return wait;
    }
}
