package io.alicia.mqtt.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.payload.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExplainCommandTest extends AliciaAclTests {

    @Test
    void explain_names_the_grant_that_a_deny_overrides() throws IOException {
        Files.writeString(acl, "user app\ntopic readwrite #\ntopic deny alicia/#\n");

        assertThat(run("explain", acl, "-u", "app", "--publish", "alicia/x")).isEqualTo(1);
        assertThat(out)
                .hasToString("denied PUBLISH alicia/x by app: " + acl + ":3 `topic deny alicia/#`\n"
                        + "matches as well, but is asked later: " + acl + ":2 `topic readwrite #`\n");
        run("explain", "--json", acl, "-u", "app", "--publish", "alicia/x");
        assertThat(out.toString()).contains("\"nearest\":[{\"file\"").contains("topic readwrite #");
    }

    @Test
    void explain_names_the_deciding_rule_and_the_exit_code_says_yes_or_no() {
        assertThat(run("explain", "-u", "app", "-i", "c", "--receive", "alicia/x", acl))
                .isZero();
        assertThat(out)
                .hasToString("allowed RECEIVE alicia/x by app (client c): " + acl + ":2 `topic read alicia/#`\n");

        assertThat(run("explain", "-u", "app", "--publish", "alicia/x", acl)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("denied PUBLISH alicia/x by app: no rule matched; nearest: " + acl + ":2 `topic read");

        assertThat(run("explain", "-u", "ap", "--receive", "alicia/x", acl)).isEqualTo(1);
        assertThat(out).hasToString("denied RECEIVE alicia/x by ap: no rule matched, and ap has no rules of its own\n");

        assertThat(run("explain", "--subscribe", "#", "--strict-subscriptions", acl))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith("denied SUBSCRIBE # by an anonymous client: no rule lets it receive");
    }

    @Test
    void explain_knows_the_standard_policy_and_speaks_json() {
        assertThat(run(
                        "explain",
                        "-u",
                        "esp32_device",
                        "-i",
                        "hall",
                        "--publish",
                        "alicia/devices/b/command",
                        "--json"))
                .isEqualTo(1);
        JsonObject answer = (JsonObject) Json.parse(out.toString());
        assertThat(answer.toString())
                .startsWith("{\"allowed\":false,\"access\":\"publish\",\"topic\":\"alicia/devices/b/command\","
                        + "\"client\":\"hall\",\"account\":\"esp32_device\",\"reason\":\"no_rule\",\"nearest\":[{");
    }

    @Test
    void explain_refuses_an_account_without_a_name() {
        assertThat(run("explain", "-u", "", "--publish", "x", acl)).isEqualTo(2);
        assertThat(err.toString()).startsWith("alicia-acl: expected the name of an account after -u");
    }

    @Test
    void explain_and_matrix_say_who_cannot_log_in() throws IOException {
        Path roles = clients(
                "d.json",
                client("bob", "") + "," + client("gone", ", \"disabled\": true") + ","
                        + client("own", ", \"clientid\": \"own-1\"")
                        + ", {\"username\": \"none\", \"roles\": [{\"rolename\": \"r\"}]}");

        assertThat(run("explain", "-u", "gone", "--publish", "x", roles)).isZero();
        assertThat(out.toString()).endsWith("\nmay, but cannot log in: it is disabled\n");
        assertThat(run("explain", "-u", "gone", "--publish", "y", roles)).isEqualTo(1);
        assertThat(out.toString()).endsWith("\ncannot log in either: it is disabled\n");
        run("explain", "-u", "own", "-i", "c", "--publish", "x", roles);
        assertThat(out.toString()).endsWith("\nmay, but cannot log in: it is bound to the client identifier own-1\n");
        run("explain", "-u", "own", "-i", "own-1", "--publish", "x", roles);
        assertThat(out.toString()).hasLineCount(1);
        run("explain", "--json", "-u", "none", "--publish", "x", roles);
        assertThat(out.toString()).contains("\"cannotLogIn\":\"it has no password that can be given\"");
        run("explain", "--json", "-u", "bob", "--publish", "x", roles);
        assertThat(out.toString()).doesNotContain("cannotLogIn");

        assertThat(run("matrix", "-t", "x", "-i", "own-1", roles)).isZero();
        assertThat(out).hasToString("""
                   bob  gone*  own  none*
                x  P    P      P    P
                * gone cannot log in: it is disabled
                * none cannot log in: it has no password that can be given
                """);
        assertThat(run("matrix", "--json", "-t", "x", "-i", "own-1", roles)).isZero();
        assertThat(out.toString())
                .endsWith("\"cannotLogIn\":{\"gone\":\"it is disabled\","
                        + "\"none\":\"it has no password that can be given\"}}\n");
    }
}
