package io.alicia.mqtt.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.payload.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CheckCommandTest extends AliciaAclTests {

    @Test
    void check_prints_findings_and_counts_errors() throws IOException {
        assertThat(run("check", acl)).isZero();
        assertThat(out).hasToString("nothing found\n");

        Files.writeString(acl, HOUSE + "topic deny alicia/#\n");
        assertThat(run("check", acl)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith(acl + ":7:12: error: `topic deny alicia/#` holds for hall alone")
                .contains("    meant: to deny it to everybody else\n    write: no deny at all")
                .endsWith("1 error\n");
        assertThat(run("check", "--json", acl)).isEqualTo(1);
        assertThat(Json.parse(out.toString())).isInstanceOf(JsonObject.class);
        assertThat(out.toString()).contains("\"line\":7,\"column\":12,\"today\":");
        colours = true;
        run("check", acl);
        assertThat(out.toString()).contains("\u001b[31merror\u001b[0m");
    }

    @Test
    void check_takes_the_files_of_several_listeners_together() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.acl"), "user guest\ntopic read x\n");
        Path passwords = folder.resolve("passwords");
        stdin = "app:one\nhall:two\n";
        assertThat(run("passwd", "batch", passwords, "-I", "210000")).isZero();

        assertThat(run("check", acl, outside, passwords)).isZero();

        assertThat(out.toString())
                .startsWith(outside + ":1:6: warning: holds for nobody: the password file has no account \"guest\"")
                .endsWith("1 warning\n");
    }

    @Test
    void check_holds_the_policy_against_expectations() {
        assertThat(run("check", acl, "--expect", "only hall may publish alicia/sensors/#"))
                .isZero();
        assertThat(run("check", acl, "--expect", "nobody may publish alicia/commands/#"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("app may publish alicia/commands").contains("[expectation-broken]");
        assertThat(run("check", acl, "--expect", "hall is good")).isEqualTo(2);
        assertThat(err.toString()).startsWith("alicia-acl: --expect: expected \"only ACCOUNT");
    }

    @Test
    void check_says_the_column_of_a_line_that_cannot_be_read() throws IOException {
        Files.writeString(acl, "user a\ntopic reed x\n");

        assertThat(run("check", acl)).isEqualTo(1);
        assertThat(out.toString()).startsWith(acl + ":2:7: error: Mosquitto refuses");
        run("check", "--json", acl);
        assertThat(out.toString()).contains("\"line\":2,\"column\":7,");
    }

    @Test
    void check_takes_a_json_list_for_json() throws IOException {
        Files.writeString(acl, "[]\n");

        assertThat(run("check", acl)).isEqualTo(1);
        assertThat(out.toString()).contains("expected a JSON object").doesNotContain("topic read");
    }
}
