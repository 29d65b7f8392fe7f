package io.alicia.mqtt.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiffCommandTest extends AliciaAclTests {

    @Test
    void diff_says_who_gains_and_who_loses() throws IOException {
        Path newer = folder.resolve("newer.acl");
        Files.writeString(newer, HOUSE.replace("alicia/commands/#", "alicia/commands/+"));

        assertThat(run("diff", acl, acl)).isZero();
        assertThat(out).hasToString("nobody gains or loses anything\n");
        assertThat(run("diff", acl, newer)).isEqualTo(1);
        assertThat(out.toString()).startsWith("- app loses PUBLISH alicia/commands/# except alicia/commands/+ (until");
        assertThat(run("diff", "--json", acl, newer)).isEqualTo(1);
        assertThat(out.toString()).startsWith("{\"account\":\"app\",\"change\":\"loses\",\"access\":\"publish\"");
    }

    @Test
    void diff_never_says_nobody_where_it_could_not_compare() throws IOException {
        StringBuilder rooms = new StringBuilder("user a\n");
        for (int i = 0; i < 80; i++) {
            rooms.append("topic read alicia/room" + i + "/+\ntopic read alicia/+/kind" + i + "\n");
        }
        Path old = Files.writeString(folder.resolve("old.acl"), rooms);
        Path newer = Files.writeString(folder.resolve("newer.acl"), rooms + "topic write #\n");

        assertThat(run("diff", old, newer)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("? a has other rules")
                .contains("newer.acl:162 `topic write #`")
                .endsWith("the comparison is incomplete: see the lines with a ?\n");
        assertThat(run("diff", "--json", old, newer)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("{\"account\":\"a\",\"change\":\"unfinished\",\"removed\":[],\"added\":[{\"file\":");
    }

    @Test
    void diff_names_the_client_that_a_rule_has_in_the_place_of_its_identifier() throws IOException {
        Path old = Files.writeString(folder.resolve("old.acl"), HOUSE + "pattern write dev/%c/#\n");
        Path newer = Files.writeString(
                folder.resolve("newer.acl"), HOUSE + "topic deny dev/hall/#\npattern write dev/%c/#\n");

        assertThat(run("diff", old, newer)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("- hall (client hall) loses PUBLISH dev/hall/# (until")
                .hasLineCount(1);
        assertThat(run("diff", "--json", old, newer)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("{\"account\":\"hall\",\"client\":\"hall\",\"change\":\"loses\",\"access\":\"publish\",");
    }

    @Test
    void diff_tells_of_clients_that_can_log_in_where_they_could_not() throws IOException {
        Path plain = clients("plain.json", client("bob", ""));
        Path disabled = clients("disabled.json", client("bob", ", \"disabled\": true"));
        Path bound = clients("bound.json", client("bob", ", \"clientid\": \"bob-1\""));

        assertThat(run("diff", disabled, plain)).isEqualTo(1);
        assertThat(out)
                .hasToString("+ bob gains all that its rules give (nobody could log in until now: it is disabled)\n");
        assertThat(run("diff", plain, disabled)).isEqualTo(1);
        assertThat(out).hasToString("- bob loses all that its rules give (nobody can log in now: it is disabled)\n");
        assertThat(run("diff", bound, plain)).isEqualTo(1);
        assertThat(out)
                .hasToString("+ bob gains all that its rules give (until now client bob-1 might use the account, "
                        + "now any client)\n");
        assertThat(run("diff", plain, bound)).isEqualTo(1);
        assertThat(out.toString()).startsWith("- bob loses");
        Path other = clients("other.json", client("bob", ", \"clientid\": \"bob-2\""));
        assertThat(run("diff", bound, other)).isEqualTo(1);
        assertThat(out.toString()).contains("+ bob (client bob-2) gains").contains("- bob (client bob-1) loses");
        assertThat(run("diff", "--json", disabled, plain)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("{\"account\":\"bob\",\"change\":\"gains\",\"access\":\"log_in\",\"explanation\":");
        assertThat(run("diff", plain, plain)).isZero();
        assertThat(run("diff", disabled, disabled)).isZero();
    }
}
