package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
