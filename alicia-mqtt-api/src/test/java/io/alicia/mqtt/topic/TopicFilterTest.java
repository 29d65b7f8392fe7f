package io.alicia.mqtt.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The specification's own examples first (MQTT 5 §4.7, §4.8.2), then an oracle that reads like the rules. */
class TopicFilterTest {

    @ParameterizedTest(name = "{0} matches {1}")
    @CsvSource({
        "sport/tennis/player1/#,sport/tennis/player1",
        "sport/tennis/player1/#,sport/tennis/player1/ranking",
        "sport/tennis/player1/#,sport/tennis/player1/score/wimbledon",
        "sport/#,sport",
        "sport/#,sport/",
        "#,sport",
        "#,/",
        "sport/tennis/+,sport/tennis/player1",
        "sport/tennis/+,sport/tennis/player2",
        "sport/+,sport/",
        "+/tennis/#,sport/tennis",
        "+/tennis/#,sport/tennis/player1",
        "sport/+/player1,sport/tennis/player1",
        "+/+,/finance",
        "/+,/finance",
        "$SYS/#,$SYS/monitor/Clients",
        "$SYS/#,$SYS",
        "$SYS/monitor/+,$SYS/monitor/Clients",
        "Accounts payable,Accounts payable",
        "+/#,a",
        "a/+/#,a/",
        "/#,/",
        "+,日",
        "$share/consumer1/sport/tennis/+,sport/tennis/player1",
        "$share/consumer1//finance,/finance",
        "$share/g/$SYS/#,$SYS/uptime",
    })
    void matches(String filter, String name) {
        assertThat(TopicFilter.of(filter).matches(TopicName.of(name))).isTrue();
    }

    @ParameterizedTest(name = "{0} does not match {1}")
    @CsvSource({
        "sport/tennis/+,sport/tennis/player1/ranking",
        "sport/+,sport",
        "+,/finance",
        "#,$SYS/monitor/Clients",
        "+/monitor/Clients,$SYS/monitor/Clients",
        "$share/g/#,$SYS/uptime",
        "$share/g/+/uptime,$SYS/uptime",
        "accounts,ACCOUNTS",
        "accounts,/accounts",
        "a/#,ab",
        "a/b/#,a",
        "a/b,a/bc",
        "a/bc,a/b",
        "a/+/c,a/b/c/d",
        "a/+/c,a/b",
        "+/+,a",
        "+/+,a/b/c",
    })
    void does_not_match(String filter, String name) {
        assertThat(TopicFilter.of(filter).matches(TopicName.of(name))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|MQTT-4.7.3-1",
                "sport/tennis#|MQTT-4.7.1-1",
                "sport/tennis/#/ranking|MQTT-4.7.1-1",
                "##|MQTT-4.7.1-1",
                "a/#b|MQTT-4.7.1-1",
                "sport+|MQTT-4.7.1-2",
                "+sport|MQTT-4.7.1-2",
                "++|MQTT-4.7.1-2",
                "a/b+/c|MQTT-4.7.1-2",
                "$share|MQTT-4.8.2-1",
                "$share/|MQTT-4.8.2-2",
                "$share/group|MQTT-4.8.2-2",
                "$share//a|MQTT-4.8.2-1",
                "$share/+/a|MQTT-4.8.2-2",
                "$share/g#/a|MQTT-4.8.2-2",
                "$share/group/|MQTT-4.7.3-1",
                "$share/group/a#|MQTT-4.7.1-1",
            })
    void names_the_rule_of_what_it_refuses(String filter, String rule) {
        assertThat(TopicFilter.ofReceivedOrNull(filter)).isNull();
        assertThat(TopicFilter.ofOrNull(filter)).isNull();
        assertThatThrownBy(() -> TopicFilter.of(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("not a Topic Filter", '"' + filter + '"', rule);
    }

    @Test
    void refuses_to_send_what_servers_end_the_connection_for_and_reads_it() {
        assertThat(TopicFilter.ofOrNull("a/+/\u0001")).isNull();
        assertThatThrownBy(() -> TopicFilter.of("a/+/\u0001"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("not a Topic Filter", "the control character U+0001 at index 4");
        assertThatThrownBy(() -> TopicFilter.of("$share/\uFFFF/a"))
                .hasMessageContaining("the non-character U+FFFF at index 7");
        assertThat(TopicFilter.ofReceived("a/+/\u0001").matches(TopicName.ofReceived("a/b/\u0001")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+",
                "/",
                "+/tennis/#",
                "sport/tennis/#",
                "sport/+/player1",
                "$share/g/#",
                "$shared",
                "$share1/g"
            })
    void takes_what_the_specification_allows(String filter) {
        assertThat(TopicFilter.of(filter).value()).isEqualTo(filter);
    }

    @Test
    void a_shared_filter_knows_its_share_name_and_what_remains_without_it() {
        TopicFilter shared = TopicFilter.of("$share/consumer1/sport/tennis/+");

        assertThat(shared.shareName()).contains("consumer1");
        assertThat(shared.withoutShare()).isEqualTo(TopicFilter.of("sport/tennis/+"));
        assertThat(shared.levels()).containsExactly("sport", "tennis", "+");
        assertThat(shared.hasWildcard()).isTrue();
        assertThat(TopicFilter.of("$share/g/a").hasWildcard()).isFalse();
        assertThat(TopicFilter.of("a/b").shareName()).isEmpty();
    }

    @Test
    void the_filter_of_one_name_matches_that_name_alone() {
        TopicFilter filter = TopicFilter.exactly(TopicName.of("a/b"));

        assertThat(filter.matches(TopicName.of("a/b"))).isTrue();
        assertThat(filter.matches(TopicName.of("a/b/c"))).isFalse();
        assertThat(TopicFilter.exactly(TopicName.of("$shared/a")).matches(TopicName.of("$shared/a")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$share", "$share/", "$share/g", "$share/g/", "$share/g/a"})
    void a_name_that_would_be_a_shared_subscription_has_no_filter(String name) {
        TopicName valid = TopicName.of(name);

        assertThatThrownBy(() -> TopicFilter.exactly(valid))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(name, "shared subscription", "MQTT-4.8.2-1");
    }

    @Test
    void a_share_within_a_share_is_a_name_and_no_share() {
        TopicFilter inner = TopicFilter.of("$share/g/$share/h/x").withoutShare();
        TopicFilter share = TopicFilter.of("$share/h/x");

        assertThat(inner.matches(TopicName.of("$share/h/x"))).isTrue();
        assertThat(share.matches(TopicName.of("$share/h/x"))).isFalse();
        assertThat(inner).isNotEqualTo(share);
        assertThat(inner.compareTo(share)).isNotZero();
    }

    @Test
    void agrees_with_the_rules_level_by_level() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);

        int checked = 0;
        int matched = 0;
        for (int i = 0; i < 300_000; i++) {
            TopicFilter filter = TopicFilter.ofOrNull(levels(random, "a", "b", "", "$a", "+", "+", "#"));
            TopicName name = TopicName.ofOrNull(levels(random, "a", "b", "", "$a"));
            if (filter != null && name != null) {
                boolean expected = oracle(filter.levels(), name.levels());
                assertThat(filter.matches(name))
                        .as("%s matches %s, seed %d", filter, name, seed)
                        .isEqualTo(expected);
                checked++;
                matched += expected ? 1 : 0;
            }
        }
        assertThat(checked).isGreaterThan(50_000);
        assertThat(matched).isGreaterThan(5_000);
    }

    private static String levels(SplittableRandom random, String... choice) {
        StringBuilder value = new StringBuilder(choice[random.nextInt(choice.length)]);
        for (int i = random.nextInt(4); i > 0; i--) {
            value.append('/').append(choice[random.nextInt(choice.length)]);
        }
        return value.toString();
    }

    private static boolean oracle(List<String> filter, List<String> name) {
        boolean startsWithWildcard = filter.get(0).equals("+") || filter.get(0).equals("#");
        return !(startsWithWildcard && name.get(0).startsWith("$")) && rest(filter, name);
    }

    private static boolean rest(List<String> filter, List<String> name) {
        if (filter.isEmpty()) {
            return name.isEmpty();
        }
        String level = filter.get(0);
        if (level.equals("#")) {
            return true;
        }
        return !name.isEmpty()
                && (level.equals("+") || level.equals(name.get(0)))
                && rest(filter.subList(1, filter.size()), name.subList(1, name.size()));
    }
}
