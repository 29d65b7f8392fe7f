package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Walks the states of a connection's life. */
class ConnectionLifeTest extends ConnectionLifeStory {

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

    @Test
    void fails_who_waits_for_the_connection_with_what_went_wrong_on_this_side() {
        ConnectionLife life = life(settings().build());
        OutOfMemoryError failure = new OutOfMemoryError("for a moment");
        whenConnected = () -> {
            throw failure;
        };
        life.start(true);

        transport.accept(false);

        life.firstConnected().test().assertError(failure);
        assertThat(life.state()).isInstanceOf(ConnectionState.Closed.class);
    }

    @Test
    void connects_again_after_something_went_wrong_on_this_side() {
        ConnectionLife life = life(settings().build());
        whenConnected = () -> {
            whenConnected = () -> {};
            throw new OutOfMemoryError("for a moment");
        };
        life.start(false);

        FakeConnection half = transport.accept(false);
        assertThat(half.closed.hasValue()).as("said goodbye").isTrue();
        waitForNextAttempt(life);
        transport.accept(false);

        assertThat(states).last().isEqualTo(new ConnectionState.Connected(SERVER, false));
        life.firstConnected().test().assertComplete();
    }
}
