package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which server is tried next, and who is followed to another one. */
class ServerChoiceTest extends ConnectionLifeStory {

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

    private static final ServerAddress BARN = ServerAddress.of("mqtt://barn");

    /** The house answers that the account may not, and nobody answers at the barn. */
    private boolean answerAsHouseAndBarn() {
        boolean isHouse = transport.lastAttempt().request().server().equals(SERVER);
        fail(
                isHouse
                        ? new ConnectFailure.Refused(ReasonCode.NOT_AUTHORIZED, Optional.empty(), Optional.empty())
                        : new ConnectFailure.Unreachable("nobody"));
        return isHouse;
    }

    @Test
    void does_not_hammer_one_server_that_refuses_because_another_cannot_be_reached() {
        ConnectionLife life = life(settings().addServers(BARN).build());
        life.start(false);

        List<Long> atHouse = new ArrayList<>();
        List<Long> atBarn = new ArrayList<>();
        while (time.now(TimeUnit.MINUTES) < 60) {
            long now = time.now(TimeUnit.MILLISECONDS);
            (answerAsHouseAndBarn() ? atHouse : atBarn).add(now);
            waitForNextAttempt(life);
        }

        assertThat(between(atHouse))
                .allMatch(wait -> wait >= 30_000)
                .last()
                .satisfies(wait -> assertThat(wait).isBetween(150_000L, 361_000L));
        assertThat(between(atBarn))
                .as("nothing was refused here, so that each wait is one of the back-off")
                .allMatch(wait -> wait <= 60_000)
                .hasSizeGreaterThan(60);
    }

    private static List<Long> between(List<Long> times) {
        List<Long> waits = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            waits.add(times.get(i) - times.get(i - 1));
        }
        return waits;
    }

    @Test
    void goes_to_another_server_when_one_says_again_that_the_account_may_not() {
        ConnectionLife life = life(settings().addServers(BARN).build());
        life.start(false);
        ServerAddress first = transport.lastAttempt().request().server();
        DisconnectCause mayNot = DisconnectCause.builder()
                .initiator(DisconnectCause.Initiator.SERVER)
                .reasonCode(ReasonCode.NOT_AUTHORIZED)
                .build();

        transport.accept(false).closed.onSuccess(mayNot);
        waitForNextAttempt(life);
        transport.accept(false).closed.onSuccess(mayNot);

        assertThat(waitForNextAttempt(life)).isLessThanOrEqualTo(1_000);
        assertThat(transport.lastAttempt().request().server()).isNotEqualTo(first);
    }

    @Test
    void says_of_each_server_why_there_is_no_connection_and_first_what_a_human_has_to_mend() {
        ConnectionLife life = life(settings().addServers(BARN).build());
        life.start(true);
        answerAsHouseAndBarn();
        time.triggerActions();
        answerAsHouseAndBarn();

        life.firstConnected().test().assertError(failure -> {
            assertThat(failure)
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageStartingWith("no connection to any of the servers: ")
                    .hasMessageContaining("mqtt://house:1883: refused: Not authorized")
                    .hasMessageContaining("mqtt://barn:1883: unreachable: nobody");
            assertThat(((ConnectFailedException) failure).server()).isEqualTo(SERVER);
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ConnectFailedException.class,
                            other -> assertThat(other.server()).isEqualTo(BARN));
            return true;
        });
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
}
