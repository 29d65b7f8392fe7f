package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.connection.ServerAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server comes next. */
class ServersTest {

    private static final ServerAddress HOUSE = ServerAddress.of("mqtt://house");
    private static final ServerAddress BARN = ServerAddress.of("mqtt://barn");
    private static final ServerAddress ATTIC = ServerAddress.of("mqtt://attic");

    private static Servers servers(List<ServerAddress> configured, int first, Random random) {
        return new Servers(configured, first, Backoff.DEFAULT, random);
    }

    @Test
    void takes_the_configured_ones_in_turn_and_tells_when_all_are_through() {
        Servers servers = servers(List.of(HOUSE, BARN), 1, new Random(1));

        assertThat(servers.current()).isEqualTo(BARN);
        assertThat(servers.failed(0)).isFalse();
        assertThat(servers.current()).isEqualTo(HOUSE);
        assertThat(servers.failed(0)).isTrue();
        assertThat(servers.current()).isEqualTo(BARN);
    }

    @Test
    void spreads_the_clients_of_a_server_that_is_gone_over_all_others() {
        Map<String, Integer> second = new TreeMap<>();

        Random random = new Random(7);
        for (int client = 0; client < 300; client++) {
            Servers servers = servers(List.of(HOUSE, BARN, ATTIC), 0, random);
            servers.connected(0);
            servers.failed(0);
            second.merge(servers.current().host(), 1, Integer::sum);
        }

        assertThat(second).containsOnlyKeys("attic", "barn");
        assertThat(second.values()).allSatisfy(clients -> assertThat(clients).isBetween(100, 200));
    }

    @Test
    void tries_each_configured_server_once_in_a_round() {
        Servers servers = servers(List.of(HOUSE, BARN, ATTIC), 1, new Random(7));

        for (int round = 0; round < 20; round++) {
            Set<ServerAddress> tried = new HashSet<>();
            boolean triedAll = false;
            while (!triedAll) {
                assertThat(tried.add(servers.current())).as("once").isTrue();
                triedAll = servers.failed(0);
            }
            assertThat(tried).containsExactlyInAnyOrder(HOUSE, BARN, ATTIC);
        }
    }

    @Test
    void leaves_one_that_refused_in_peace_and_goes_on_with_the_others() {
        Servers servers = servers(List.of(HOUSE, BARN, ATTIC), 0, new Random(7));
        servers.refused(0);
        servers.failed(0);

        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(servers.current()).isNotEqualTo(HOUSE);
            servers.failed(1_000);
        }
        assertThat(servers.rest(1_000)).as("of barn and attic").isZero();

        Set<ServerAddress> later = new HashSet<>();
        for (int attempt = 0; attempt < 4; attempt++) {
            servers.failed(60_000);
            later.add(servers.current());
        }
        assertThat(later).contains(HOUSE);
    }

    @Test
    void asks_the_first_again_whose_rest_is_over_where_all_refused() {
        Servers servers = servers(List.of(HOUSE, BARN), 0, new Random(7));
        servers.refused(0);
        servers.failed(0);
        servers.refused(40_000);

        assertThat(servers.failed(40_000)).as("all are through").isTrue();

        assertThat(servers.current()).isEqualTo(HOUSE);
        assertThat(servers.rest(40_000)).isLessThanOrEqualTo(20_000);
    }

    @Test
    void tries_each_server_that_is_named_before_it_goes_on() {
        Servers servers = servers(List.of(HOUSE, BARN), 0, new Random(1));

        assertThat(servers.follow(Optional.of("attic attic:1884"))).isTrue();

        assertThat(servers.current()).isEqualTo(ATTIC);
        assertThat(servers.failed(0)).isFalse();
        assertThat(servers.current()).isEqualTo(ServerAddress.of("mqtt://attic:1884"));
        assertThat(servers.failed(0)).isFalse();
        assertThat(servers.current()).isEqualTo(BARN);
        assertThat(servers.failed(0)).as("both configured servers led nowhere").isTrue();
    }

    @Test
    void stays_with_the_server_that_was_named_when_its_connection_is_lost() {
        Servers servers = servers(List.of(HOUSE), 0, new Random(1));
        servers.follow(Optional.of("attic"));
        servers.connected(0);

        assertThat(servers.current()).isEqualTo(ATTIC);
    }

    @Test
    void follows_four_references_in_a_row_and_more_only_once_things_have_settled() {
        Servers servers = servers(List.of(HOUSE), 0, new Random(1));
        for (int i = 0; i < 4; i++) {
            assertThat(servers.follow(Optional.of("attic"))).isTrue();
            servers.connected(0);
        }

        assertThat(servers.follow(Optional.of("attic"))).isFalse();

        servers.settled();
        assertThat(servers.follow(Optional.of("attic"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt://house:1884, barn, mqtt://barn:1884",
        "mqtt://house, barn:1885, mqtt://barn:1885",
        "mqtt://house, 192.0.2.7, mqtt://192.0.2.7:1883",
        "mqtt://house, [2001:db8::7]:1885, mqtt://[2001:db8::7]:1885",
        "mqtt://house:1884, [2001:db8::7], mqtt://[2001:db8::7]:1884",
        "wss://house/mqtt, barn, wss://barn/mqtt",
        "mqtt://house, mqtts://barn, mqtts://barn:8883",
    })
    void reads_a_reference_in_the_light_of_the_server_that_gave_it(String from, String reference, String to) {
        Servers servers = servers(List.of(ServerAddress.of(from)), 0, new Random(1));

        assertThat(servers.follow(Optional.of(reference))).isTrue();

        assertThat(servers.current()).isEqualTo(ServerAddress.of(to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "mqtt://barn", "no host", "://", "ftp://barn"})
    void follows_nothing_that_is_unreadable_or_gives_encryption_up(String reference) {
        Servers servers = servers(List.of(ServerAddress.of("mqtts://house")), 0, new Random(1));

        boolean followed = servers.follow(Optional.of(reference));

        assertThat(followed && !servers.current().isEncrypted()).isFalse();
        assertThat(followed).isEqualTo(reference.equals("no host"));
    }
}
