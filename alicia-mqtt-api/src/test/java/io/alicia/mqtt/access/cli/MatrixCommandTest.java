package io.alicia.mqtt.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class MatrixCommandTest extends AliciaAclTests {

    @Test
    void matrix_is_a_table_of_accounts_and_topics() {
        assertThat(run("matrix", acl, "-t", "alicia/commands/x", "-t", "alicia/sensors/hall"))
                .isZero();
        assertThat(out).hasToString("""
                                             app  hall
                        alicia/commands/x    PR   -
                        alicia/sensors/hall  R    P
                        """);
        assertThat(run("matrix", "--json")).isZero();
        assertThat(out.toString())
                .contains("{\"topic\":\"homeassistant/status\",\"accounts\":{\"alicia\":\"PR\",\"esp32_device\":\"R\"");
    }

    @Test
    void names_that_would_steer_the_terminal_are_escaped_in_the_matrix() throws IOException {
        Files.writeString(acl, "user a\u001b[31m\ntopic read x\n");

        assertThat(run("matrix", acl, "-t", "x")).isZero();
        assertThat(out.toString()).contains("a\\u001b[31m").doesNotContain("\u001b");
    }
}
