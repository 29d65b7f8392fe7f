package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.CheckedFiles.kinds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single lines of an ACL file that do not mean what they seem to. */
class AclLineFindingsTest {

    private CheckedFiles files = CheckedFiles.NONE;

    @BeforeEach
    void files(@TempDir Path folder) {
        files = new CheckedFiles(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "topic rw alicia/x;                refused-line; `topic readwrite alicia/x`",
                "topic publish alicia/x;           refused-line; `topic write alicia/x`",
                "topic alicia/x read;              refused-line; `topic read alicia/x`",
                "subscribe alicia/x;               refused-line; `topic read alicia/x`",
                "Topic read alicia/x;              refused-line; `topic read alicia/x`",
                "topic Read alicia/x;              refused-line; `topic read alicia/x`",
                "user: bob;                        refused-line; `user bob`",
                "topic read alicia/#/status;       refused-line; `topic read alicia/+/status`",
                "topic read alicia/sensor+;        refused-line; `topic read alicia/sensor/+`",
                "topic read #/status;              refused-line; `topic read +/status`",
                "listener 1883;                    refused-line; a line such as `topic read alicia/sensors/#`",
                "topic read alicia/x # why;        comment-behind-rule; |`topic read alicia/x`, and the comment on a line of its own|",
                "topic read alicia/;               empty-level; `topic read alicia` or `topic read alicia/#`",
                "topic read alicia//x;             empty-level; `topic read alicia/x`",
                "topic write alicia/{device_id}/x; unknown-placeholder; |`pattern write alicia/%c/x` with %c for the client identifier or %u for the account, or `topic write alicia/+/x` for any device|",
                "topic readwrite $SYS/broker/x;    matches-nothing; `topic read $SYS/broker/x`"
            })
    void a_line_that_cannot_be_meant_so_is_written_anew(String line, String kind, String write) {
        List<Finding> findings = files.acl("user a", "topic read ok", line);

        assertThat(kinds(findings)).containsExactly("3 " + kind);
        assertThat(findings.get(0).write()).isEqualTo(write);
    }

    @Test
    void a_comment_behind_a_filter_or_a_name_is_pointed_at_whether_mosquitto_refuses_the_file_or_not() {
        List<Finding> findings = files.acl(
                "user admin # the boss",
                "topic read alicia/# # read only",
                "topic read alicia/x // read only",
                "  # indented",
                "topic read fine");

        assertThat(kinds(findings))
                .containsExactly(
                        "1 comment-behind-rule",
                        "2 comment-behind-rule",
                        "3 comment-behind-rule",
                        "4 comment-behind-rule");
        assertThat(findings.get(1).write()).isEqualTo("`topic read alicia/#`, and the comment on a line of its own");
        assertThat(findings.get(0).write()).startsWith("`user admin`");
    }

    @Test
    void characters_that_cannot_be_seen_are_shown() {
        List<Finding> findings =
                files.acl("user a", "topic read\u00a0alicia/#", "topic read alicia/y\u200b", "user b\u00a0c");

        assertThat(kinds(findings))
                .containsExactly(
                        "2 invisible-character",
                        "3 invisible-character",
                        "4 invisible-character",
                        "4 section-without-rules");
        assertThat(findings.get(0).today()).endsWith("read\\u00a0alicia/#");
        assertThat(findings.get(0).write()).isEqualTo("`topic read alicia/#`");
    }

    @Test
    void a_filter_that_leaves_the_device_out_is_pointed_at() {
        List<Finding> findings = files.acl(
                "user a",
                "topic read alicia/devices/command",
                "topic read alicia/sensors",
                "topic read alicia/devices/heartbeat",
                "topic read alicia/voice/command",
                "topic write alicia/sensors/hall");

        assertThat(kinds(findings)).containsExactly("2 misspelt-topic", "3 misspelt-topic");
        assertThat(findings.get(0).write()).isEqualTo("`topic read alicia/devices/+/command`");
        assertThat(findings.get(1).write()).isEqualTo("`topic read alicia/sensors/#`");
    }

    @Test
    void topics_that_are_spelt_almost_as_the_houses_are_pointed_at_and_topics_of_ones_own_are_not() {
        List<Finding> findings = files.acl(
                "user a",
                "topic read alicia/sensor/#",
                "topic read alicia/Devices/+/status",
                "topic write alicai/commands/#",
                "topic write homeassistent/status",
                "topic write alicia/logs/x",
                "topic write alicia/+/y",
                "topic write zigbee2mqtt/#");

        assertThat(kinds(findings))
                .containsExactly("2 misspelt-topic", "3 misspelt-topic", "4 misspelt-topic", "5 misspelt-topic");
        assertThat(findings.get(0).write()).isEqualTo("`topic read alicia/sensors/#`");
        assertThat(files.acl("user a", "topic read home/sensor/#")).isEmpty();
    }

    @Test
    void a_quoted_filter_is_not_misspelt_besides() {
        assertThat(kinds(files.acl("user a", "topic read alicia/x", "topic read \"alicia/sensors/hall\"")))
                .containsExactly("3 quoted-filter");
    }

    @Test
    void a_device_called_like_the_last_level_of_a_topic_is_pointed_at() {
        List<Finding> findings = files.acl(
                "user a",
                "topic write alicia/devices/command/+",
                "topic read alicia/commands/response/+",
                "topic read alicia/devices/speakers/announce",
                "topic write alicia/commands/sonos/volume",
                "topic read alicia/voice/command/route");

        assertThat(kinds(findings)).containsExactly("2 swapped-levels", "3 swapped-levels");
        assertThat(findings.get(0).write()).isEqualTo("`topic write alicia/devices/+/command`");
        assertThat(findings.get(1).write()).isEqualTo("`topic read alicia/commands/+/response`");
    }

    @Test
    void words_behind_a_filter_are_pointed_at_also_without_a_mark() {
        List<Finding> findings = files.acl("user a", "topic read alicia/sensors/hall read only");

        assertThat(kinds(findings)).containsExactly("2 blank-in-filter");
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.NOTE);
        assertThat(findings.get(0).write()).startsWith("`topic read alicia/sensors/hall`, and the comment");
    }

    @Test
    void filters_that_match_no_topic_of_the_house_are_pointed_at() {
        List<Finding> findings = files.acl(
                "user a",
                "topic read alicia/devices/+",
                "topic read alicia/devices/+/commands",
                "topic read alicia/devices/kitchen/cmd",
                "topic write homeassistant/+/config",
                "topic write alicia/devices/heartbeat",
                "topic read alicia/sensors/+/+",
                "topic write homeassistant/sensor/#",
                "",
                "pattern write alicia/devices/%c/status");

        assertThat(kinds(findings))
                .containsExactly("2 no-house-topic", "3 misspelt-topic", "4 no-house-topic", "5 no-house-topic");
        assertThat(findings.get(0).meant()).contains("alicia/devices/+/command");
        assertThat(findings.get(1).write()).isEqualTo("`topic read alicia/devices/+/command`");
        assertThat(findings.get(2).severity()).isEqualTo(Finding.Severity.NOTE);
    }
}
