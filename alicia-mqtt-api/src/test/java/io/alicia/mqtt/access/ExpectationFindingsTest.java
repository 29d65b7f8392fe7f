package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.CheckedFiles.kinds;
import static io.alicia.mqtt.access.CheckedFiles.lines;
import static io.alicia.mqtt.access.CheckedFiles.strong;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that break what was expected of them. */
class ExpectationFindingsTest {

    private CheckedFiles files = CheckedFiles.NONE;

    @BeforeEach
    void files(@TempDir Path folder) {
        files = new CheckedFiles(folder);
    }

    @Test
    void an_expectation_names_every_rule_that_breaks_it() {
        List<Finding> findings = files.check(
                lines(
                        "user alicia",
                        "topic #",
                        "user esp32",
                        "topic write homeassistant/+/+/config",
                        "user app",
                        "topic readwrite #",
                        "topic deny homeassistant/#",
                        "user voice",
                        "topic read homeassistant/#"),
                null,
                List.of("only alicia may publish homeassistant/#", "nobody may receive alicia/secret"));

        assertThat(kinds(findings).stream().filter(kind -> kind.endsWith("expectation-broken")))
                .containsExactly("2 expectation-broken", "4 expectation-broken", "6 expectation-broken");
        assertThat(findings.toString()).contains("esp32 may publish homeassistant/+/+/config by `topic write");
    }

    @Test
    void an_expectation_of_an_account_that_is_not_there_is_pointed_at() {
        String acl = lines("user alicia", "topic #", "user app", "topic read x");

        List<Finding> findings = files.check(acl, null, List.of("only alicai may publish homeassistant/#"));

        assertThat(kinds(findings)).containsExactly("0 expectation-unknown-account", "2 expectation-broken");
        assertThat(findings.get(0).today()).startsWith("there is no account \"alicai\"");
        assertThat(findings.get(0).meant()).isEqualTo("the account \"alicia\"");
        assertThat(kinds(files.check(
                        acl,
                        strong("alicia") + strong("app") + strong("hall"),
                        List.of("only alicia, hall may publish homeassistant/#"))))
                .as("an account with a password alone is one")
                .containsExactly("0 expectation-unused", "3 account-without-rules");
    }

    @Test
    void who_may_not_do_what_is_kept_for_it_is_pointed_at() {
        List<Finding> findings = files.check(
                lines("user alicia", "topic #", "user app", "topic read x"),
                null,
                List.of("only alicia, app may publish homeassistant/#"));

        assertThat(kinds(findings)).containsExactly("0 expectation-unused");
        assertThat(findings.get(0).today()).isEqualTo("app itself may not publish homeassistant/#");
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.NOTE);
    }

    @Test
    void a_client_may_choose_the_identifier_that_a_pattern_turns_into_any_topic() {
        List<String> only = List.of("only alicia may publish homeassistant/#");
        List<Finding> findings = files.check(
                lines("user alicia", "topic #", "user mob", "topic read x", "", "pattern write %c/#"), null, only);

        assertThat(findings.toString())
                .contains("mob may publish homeassistant/# by `pattern write %c/#` with the client identifier "
                        + "\"homeassistant\", which clients choose themselves");
        assertThat(kinds(files.check(
                        lines("user alicia", "topic #", "", "pattern write x/%c/y/#", "pattern write dev-%c/#"),
                        null,
                        only)))
                .as("no identifier makes these rules match")
                .containsExactly("5 not-for-mosquitto-2.1");
        assertThat(files.check(
                                lines("user alicia", "topic #", "", "pattern write home%c"),
                                null,
                                List.of("only alicia may publish homeassistant/status"))
                        .toString())
                .contains("the client identifier \"assistant/status\"");
        assertThat(kinds(files.check(
                        lines(
                                "user alicia",
                                "topic #",
                                "user mob",
                                "topic deny homeassistant/#",
                                "",
                                "pattern write %c/#"),
                        null,
                        List.of("only alicia may publish homeassistant/x"))))
                .as("a deny of its own protects, but the others have none")
                .containsExactly("6 expectation-broken", "6 expectation-broken");
    }

    @Test
    void an_account_may_have_the_name_that_a_pattern_turns_into_any_topic() {
        List<Finding> findings = files.check(
                lines("user alicia", "topic #", "", "pattern write %u/#"),
                strong("alicia") + strong("homeassistant"),
                List.of("only alicia may publish homeassistant/#"));

        assertThat(findings.toString()).contains("homeassistant may publish homeassistant/# by `pattern write %u/#`");
    }

    @Test
    void the_strict_variant_of_the_house_leaves_client_identifiers_to_the_clients() {
        AclFile house = AclFile.of("house.acl", StandardPolicy.of(StandardPolicy.Option.PER_DEVICE));

        List<Finding> findings = files.check(
                house.toString(), null, List.of("only alicia, esp32_device may publish alicia/devices/lock/status"));

        assertThat(findings.toString())
                .contains("mobile_app may publish alicia/devices/lock/status")
                .contains("with the client identifier \"lock\"");
    }

    @Test
    void a_slip_in_the_topic_of_an_expectation_is_pointed_at_as_in_a_rule() {
        String acl = lines("user alicia", "topic #", "user app", "topic write homeassistant/status");

        List<Finding> findings = files.check(acl, null, List.of("only alicia may publish homeasistant/#"));

        assertThat(kinds(findings)).containsExactly("0 misspelt-topic");
        assertThat(findings.get(0).meant()).isEqualTo("homeassistant/#");
        assertThat(kinds(files.check(
                        lines("user alicia", "topic #", "user app", "topic write alicias/x"),
                        null,
                        List.of("only alicia, app may publish alicias/#"))))
                .as("a word of one's own")
                .doesNotContain("0 misspelt-topic");
    }

    @Test
    void each_rule_that_breaks_an_expectation_is_shown_and_not_only_the_first_of_an_account() {
        List<Finding> findings = files.check(
                lines(
                        "user alicia",
                        "topic #",
                        "user app",
                        "topic write homeassistant/status",
                        "topic write homeassistant/+/+/config",
                        "topic deny homeassistant/light/+/config",
                        "topic write homeassistant/light/hall/config"),
                null,
                List.of("only alicia may publish homeassistant/#"));

        assertThat(kinds(findings).stream().filter(kind -> kind.endsWith("expectation-broken")))
                .containsExactly("4 expectation-broken", "5 expectation-broken");
    }
}
