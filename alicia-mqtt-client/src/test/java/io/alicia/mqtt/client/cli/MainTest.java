package io.alicia.mqtt.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void judges_a_file_line_by_line_for_machines() throws IOException {
        Path file = Files.writeString(directory.resolve("messages.jsonl"), """
                {"id":"a","topic":"homeassistant/sensor/t/config","payload":{"stat_t":"a","uniq_id":"u","x":1}}

                {"topic":"homeassistant/sensor/t/config","payload":{"stat_t":"#a","qos":7}}
                {"id":3,"topic":"homeassistant/sensor/t/config","payload":""}
                """);

        int exitCode = run("check", "--json", file.toString());

        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"id\":\"a\",\"verdict\":\"accept\",\"at\":[],\"dropped\":[\"x\"],\"hints\":[]}",
                        "{\"topic\":\"homeassistant/sensor/t/config\",\"verdict\":\"reject\",\"at\":[\"qos\",\"state_topic\"],"
                                + "\"dropped\":[],\"hints\":[]}",
                        "{\"id\":3,\"verdict\":\"remove\",\"at\":[],\"dropped\":[],\"hints\":[]}");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void judges_a_file_line_by_line_for_people() throws IOException {
        Path file = Files.writeString(
                directory.resolve("messages.jsonl"),
                "{\"id\":\"a\",\"topic\":\"homeassistant/button/b/config\",\"payload\":{\"cmd_t\":\"c\",\"obj_id\":\"x\"}}");

        int exitCode = run("check", file.toString());

        assertThat(out.toString().lines())
                .containsExactly(
                        "accept  a  homeassistant/button/b/config",
                        "    dropped without a word: obj_id",
                        "    hint: unique_id: without it the entity cannot be changed in the user interface",
                        "    hint: obj_id: was removed in 2026.4, use def_ent_id");
        assertThat(exitCode).isZero();
    }

    @Test
    void the_catalogue_is_taken_by_the_check() throws IOException {
        assertThat(run("catalogue", "--json")).isZero();
        assertThat(out.toString().lines()).hasSize(70);
        Path file = Files.writeString(directory.resolve("catalogue.jsonl"), out.toString());

        assertThat(run("check", "--json", file.toString())).isZero();
    }

    @Test
    void says_what_cannot_be_used_without_a_stack_trace() throws IOException {
        Path file = Files.writeString(directory.resolve("broken.jsonl"), "{\"topic\":\"t\",\"payload\":\"\"}\n{\n");

        assertThat(run("check", file.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("alicia-ha: " + file + ", line 2: not JSON: line 1, column");
        assertThat(err.toString().lines()).hasSize(1);

        err.getBuffer().setLength(0);
        assertThat(run("check", directory.resolve("none").toString())).isEqualTo(3);
        assertThat(err)
                .hasToString("alicia-ha: there is no file " + directory.resolve("none") + System.lineSeparator());

        err.getBuffer().setLength(0);
        assertThat(run("chekc")).isEqualTo(2);
        assertThat(err.toString()).contains("chekc", "check");
    }

    @Test
    void explains_itself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("check", "catalogue", "Exit codes");
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
