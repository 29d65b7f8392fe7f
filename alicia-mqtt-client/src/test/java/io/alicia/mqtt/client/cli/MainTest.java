package io.alicia.mqtt.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                        "{\"id\":\"homeassistant/sensor/t/config\",\"topic\":\"homeassistant/sensor/t/config\","
                                + "\"verdict\":\"reject\",\"at\":[\"qos\",\"state_topic\"],\"dropped\":[],\"hints\":[],"
                                + "\"reasons\":[\"state_topic is not a Topic Filter: \\\"#a\\\": '#' at index 0 is not alone in the"
                                + " last level [MQTT-4.7.1-1]\",\"qos takes one of 0, 1, 2, not 7\"]}",
                        "{\"id\":3,\"verdict\":\"remove\",\"at\":[],\"dropped\":[],\"hints\":[]}");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void judges_several_files_as_one_run() throws IOException {
        String line = "{\"topic\":\"homeassistant/sensor/%s/config\",\"payload\":{\"stat_t\":\"a\",\"uniq_id\":\"u\"}}";
        Path one = Files.writeString(directory.resolve("a.jsonl"), line.formatted("one"));
        Path two = Files.writeString(directory.resolve("b.jsonl"), line.formatted("two"));

        assertThat(run("check", one.toString(), two.toString())).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "accept  homeassistant/sensor/one/config",
                        "accept  homeassistant/sensor/two/config",
                        "    hint: unique_id: u is that of a sensor on homeassistant/sensor/one/config already, Home"
                                + " Assistant takes only the first",
                        "2 messages, 2 accept");
    }

    @Test
    void what_home_assistant_does_not_discover_is_ignored_and_told_of() throws IOException {
        Path unknown = Files.writeString(
                directory.resolve("a.jsonl"), "{\"topic\":\"homeassistant/sensr/n/config\",\"payload\":{}}");
        Path elsewhere = Files.writeString(
                directory.resolve("b.jsonl"), "{\"topic\":\"homeassistant/sensor/n/config\",\"payload\":{}}");

        assertThat(run("check", unknown.toString())).isEqualTo(1);
        assertThat(run("check", "--prefix", "ha", elsewhere.toString())).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "ignored  homeassistant/sensr/n/config",
                        "    ignored: Home Assistant discovers no sensr over MQTT",
                        "1 message, 1 ignored",
                        "ignored  homeassistant/sensor/n/config",
                        "    ignored: the topic is not below the prefix ha: homeassistant/sensor/n/config",
                        "1 message, 1 ignored");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accept  | 0 | sensor/a  | {'stat_t':'a'}",
                "reject  | 1 | sensor/a  | {'stat_t':'a','qos':7}",
                "partial | 1 | device/a  | {'dev':{'ids':'d'},'o':{'name':'x'},'cmps':{"
                        + "'g':{'p':'sensor','uniq_id':'g','stat_t':'a'},'b':{'p':'sensor','uniq_id':'b'}}}",
                "ignored | 1 | sensr/a   | {'stat_t':'a'}",
                "ignored | 0 | elsewhere | {'stat_t':'a'}",
                "remove  | 0 | sensor/a  | ''",
                "migrate | 0 | sensor/a  | {'migrate_discovery':true}",
            })
    void each_verdict_has_its_exit_code(String verdict, int exitCode, String topic, String payload) throws IOException {
        Path file = Files.writeString(
                directory.resolve("one.jsonl"),
                "{\"topic\":\"" + (topic.equals("elsewhere") ? topic : "homeassistant/" + topic + "/config")
                        + "\",\"payload\":" + (payload.isEmpty() ? "\"\"" : payload.replace('\'', '"')) + "}");

        assertThat(run("check", "--json", file.toString())).isEqualTo(exitCode);
        assertThat(out.toString()).contains("\"verdict\":\"" + verdict + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --prefix # a.jsonl",
                "check --prefix + a.jsonl",
                "check --prefix= a.jsonl",
                "check --prefix a/ a.jsonl",
                "check --prefix /a mqtt://127.0.0.1:1",
                "catalogue --prefix #",
                "catalogue --prefix=",
                "check --settle=-1 a.jsonl",
                "check --settle=-1 mqtt://127.0.0.1:1",
                "check --account alicia a.jsonl",
                "check -f a.jsonl",
                "check --password-file p -",
                "check mqtt://127.0.0.1:1 a.jsonl",
            })
    void says_in_one_line_what_cannot_be_meant(String commandLine) {
        assertThat(run(commandLine.split(" "))).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("alicia-ha: ");
        assertThat(out).hasToString("");
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
                        "    hint: obj_id: was removed in 2026.4, use def_ent_id",
                        "1 message, 1 accept");
        assertThat(exitCode).isZero();
    }

    @Test
    void the_catalogue_is_taken_by_the_check() throws IOException {
        assertThat(run("catalogue")).isZero();
        assertThat(out.toString().lines()).hasSizeGreaterThan(70).allMatch(line -> line.startsWith("{\"id\":"));
        Path file = Files.writeString(directory.resolve("catalogue.jsonl"), out.toString());

        assertThat(run("check", "--json", file.toString())).isZero();
    }

    @Test
    void the_catalogue_is_printed_for_people_if_they_ask_for_it() {
        assertThat(run("catalogue", "--json")).isZero();
        String lines = out.toString();
        assertThat(run("catalogue", "--no-json", "--full-names")).isZero();

        assertThat(lines).startsWith("{\"id\":\"alarm_control_panel smallest\",\"topic\":\"homeassistant/");
        assertThat(out.toString().substring(lines.length()).lines().toList().subList(0, 3))
                .containsExactly(
                        "alarm_control_panel smallest",
                        "    homeassistant/alarm_control_panel/alarm_control_panel-smallest/config",
                        "    {\"command_topic\":\"alicia/example/command\",\"state_topic\":\"alicia/example/state\"}");
    }

    @Test
    void a_line_that_cannot_be_used_is_told_of_and_the_rest_goes_on() throws IOException {
        Path file = directory.resolve("broken.jsonl");
        byte[] lines = """
                \uFEFF{"id":1,"topic":"t","payload":""}\r
                {
                ["topic"]
                {"topic":"t"}
                {"topic":7,"payload":""}
                \u00ff
                {"id":2,"topic":"homeassistant/button/b/config","payload":{"cmd_t":"c"}}""".getBytes(StandardCharsets.UTF_8);
        Files.write(file, replaced(lines, new byte[] {(byte) 0xC3, (byte) 0xBF}, (byte) 0xFF));

        assertThat(run("check", "--json", file.toString())).isEqualTo(2);

        assertThat(out.toString().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("{\"id\":1,\"verdict\":\"ignored\""),
                        second -> assertThat(second).startsWith("{\"id\":2,\"verdict\":\"accept\""));
        String where = "alicia-ha: " + file + ", line ";
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(where + "2: not JSON: line 1, column"),
                        line -> assertThat(line).isEqualTo(where + "3: expected an object with topic and payload"),
                        line -> assertThat(line).startsWith(where + "4: payload: expected"),
                        line -> assertThat(line).isEqualTo(where + "5: topic: expected a string"),
                        line -> assertThat(line).isEqualTo(where + "6: not UTF-8"));
    }

    private static byte[] replaced(byte[] bytes, byte[] sought, byte by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            if (i + 1 < bytes.length && bytes[i] == sought[0] && bytes[i + 1] == sought[1]) {
                out.write(by);
                i++;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toByteArray();
    }

    @Test
    void ten_thousand_lines_take_seconds() throws IOException {
        Path file = directory.resolve("many.jsonl");
        String line = "{\"topic\":\"homeassistant/sensor/t/config\",\"payload\":{\"stat_t\":\"a\",\"uniq_id\":\"u\","
                + "\"val_tpl\":\"{{ value_json.a | round(1) }}\",\"dev\":{\"ids\":[\"x\"]}}}\n";
        Files.writeString(file, line.repeat(10_000));

        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThat(run("check", "--json", file.toString())).isZero());

        assertThat(out.toString().lines()).hasSize(10_000).allMatch(each -> each.contains("\"accept\""));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, ; a server is said as mqtt://localhost",
        "127.0.0.1:1883, ; a server is said as mqtt://127.0.0.1:1883",
        "[::1]:1883, ; a server is said as mqtt://[::1]:1883",
        "mqtt:house, ; a server is said as mqtt://house",
        "mqtts:/house:8883, ; a server is said as mqtts://house:8883",
        "wss:house/mqtt, ; a server is said as wss://house/mqtt",
        "house.jsonl, ''",
        "house/messages, ''",
        "house:one, ''",
    })
    void says_how_a_server_is_named_where_somebody_seems_to_mean_one(String source, String hint) {
        assertThat(run("check", source)).isEqualTo(3);

        assertThat(err).hasToString("alicia-ha: there is no file " + source + hint + System.lineSeparator());
    }

    @Test
    void says_what_cannot_be_used_without_a_stack_trace() {
        assertThat(run("check", directory.resolve("none").toString())).isEqualTo(3);
        assertThat(err)
                .hasToString("alicia-ha: there is no file " + directory.resolve("none") + System.lineSeparator());

        err.getBuffer().setLength(0);
        assertThat(run("check", directory.toString())).isEqualTo(3);
        assertThat(err)
                .hasToString("alicia-ha: " + directory + " cannot be read: it is a directory" + System.lineSeparator());

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
        return Main.run(new Interruption(), new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
