package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a client waits before it tries again. */
class BackoffLifeTest extends ConnectionLifeStory {

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
    void begins_anew_with_a_server_that_refused_its_credentials_once_a_connection_there_has_lasted() {
        ConnectionLife life = life(settings().build());
        life.start(false);
        for (int refusal = 0; refusal < 4; refusal++) {
            refuse();
            waitForNextAttempt(life);
        }
        FakeConnection lasting = transport.accept(false);
        time.advanceTimeBy(5, TimeUnit.SECONDS);
        lasting.lose();
        waitForNextAttempt(life);

        refuse();

        assertThat(waitForNextAttempt(life)).isBetween(30_000L, 60_000L);
    }

    private void refuse() {
        fail(new ConnectFailure.Refused(ReasonCode.NOT_AUTHORIZED, Optional.empty(), Optional.empty()));
    }

    @Test
    void begins_anew_with_a_server_that_nobody_answered_at_once_it_has_connected() {
        ConnectionLife life = life(settings().build());
        life.start(false);
        for (int failure = 0; failure < 5; failure++) {
            fail(new ConnectFailure.Unreachable("nobody"));
            waitForNextAttempt(life);
        }
        transport.accept(false).lose();
        waitForNextAttempt(life);

        fail(new ConnectFailure.Unreachable("nobody"));

        assertThat(waitForNextAttempt(life)).isBetween(250L, 500L);
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
}
