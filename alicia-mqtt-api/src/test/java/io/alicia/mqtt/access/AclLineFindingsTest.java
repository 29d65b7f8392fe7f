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
import org.junit.jupiter.params.provider.ValueSource;

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
                "topic reed alicia/x;              refused-line; `topic read alicia/x`",
                "pattern wirte alicia/%c;          refused-line; `pattern write alicia/%c`",
                "topic readwrit alicia/x;          refused-line; `topic readwrite alicia/x`",
                "topic dney alicia/x;              refused-line; `topic deny alicia/x`",
                "topc read alicia/x;               refused-line; `topic read alicia/x`",
                "usr bob;                          refused-line; `user bob`",
                "listener 1883;                    refused-line; a line such as `topic read alicia/sensors/#`",
                "topic read alicia/x # why;        comment-behind-rule; |`topic read alicia/x`, and the comment on a line of its own|",
                "topic read alicia/commands/# // ro; comment-behind-rule; |`topic read alicia/commands/#`, and the comment on a line of its own|",
                "topic read alicia/devices/+ -- ro; comment-behind-rule; |`topic read alicia/devices/+`, and the comment on a line of its own|",
                "topic read alicia/#comment;       comment-behind-rule; |`topic read alicia/#`, and the comment on a line of its own|",
                "topic read alicia/# read only;    comment-behind-rule; |`topic read alicia/#`, and the comment on a line of its own|",
                "topic read # everything;          comment-behind-rule; |`topic read #`, and the comment on a line of its own|",
                "topic read alicia/x -- ro;        comment-behind-rule; |`topic read alicia/x`, and the comment on a line of its own|",
                "topic read alicia/commands/# alicia/sensors/#; several-filters; |`topic read alicia/commands/#` and `topic read alicia/sensors/#`, each on a line of its own|",
                "topic read alicia/#, home/#;      several-filters; |`topic read alicia/#` and `topic read home/#`, each on a line of its own|",
                "topic read a, b;                  several-filters; |`topic read a` and `topic read b`, each as a rule of its own|",
                "topic read alicia/x alicia/y;     several-filters; |`topic read alicia/x` and `topic read alicia/y`, each as a rule of its own|",
                "topic read #comment;              comment-behind-rule; |`topic read #`, and the comment on a line of its own|",
                "topic read alicia/# alicia/b/# # two; several-filters; |`topic read alicia/#` and `topic read alicia/b/#`, each on a line of its own, and the comment as well|",
                "topic read alicia/#, home/# the second; several-filters; |`topic read alicia/#` and `topic read home/#`, each on a line of its own, and the comment as well|",
                "topic read alicia/# home/# the second; several-filters; |`topic read alicia/#` and `topic read home/#`, each on a line of its own, and the comment as well|",
                "topic read alicia/# and home/#;   several-filters; |`topic read alicia/#` and `topic read home/#`, each on a line of its own|",
                "topic read a, b# the second;      several-filters; |`topic read a` and `topic read b`, each on a line of its own, and the comment as well|",
                "topic read a/+/b# second;         comment-behind-rule; |`topic read a/+/b`, and the comment on a line of its own|",
                "topic write alicia/devices/+command; refused-line; `topic write alicia/devices/+/command`",
                "topic write alicia/+sensors/x;    refused-line; `topic write alicia/+/sensors/x`",
                "topic read alicia\\sensors\\#;     refused-line; `topic read alicia/sensors/#`",
                "topic read alicia\\sensors;        foreign-separator; `topic read alicia/sensors`",
                "topic read mqtt://alicia/x;       address-in-filter; `topic read alicia/x`",
                "topic read mqtt://house:1883/alicia/x; address-in-filter; `topic read alicia/x`",
                "topic readonly alicia/y;          refused-line; `topic read alicia/y`",
                "user=c;                           refused-line; `user c`",
                "topic read $CONTROL/dynamic-security/v1; matches-nothing; `topic read $CONTROL/dynamic-security/v1/response` for the answers",
                "topic read read alicia/# # twice; word-before-filter; |`topic read alicia/#`, and the comment on a line of its own|",
                "topic read alicia/x alicia/y -- two; several-filters; |`topic read alicia/x` and `topic read alicia/y`, each as a rule of its own|",
                "topic read \"alicia/#\";          quoted-filter; `topic read alicia/#`",
                "topic read 'alicia/#';            quoted-filter; `topic read alicia/#`",
                "topic \"alicia/#\";               quoted-filter; `topic readwrite alicia/#`",
                "topic read \"alicia/#\" \"home/#\"; several-filters; |`topic read alicia/#` and `topic read home/#`, each on a line of its own|",
                "topic read write alicia/x;        word-before-filter; `topic readwrite alicia/x`",
                "topic read = alicia/x;            word-before-filter; `topic read alicia/x`",
                "topic readwrite mss-test-#;       wildcard-in-name; |a line for each name: a wildcard stands for whole levels, MQTT has none for a part of a name; or topics with a / there, which `topic readwrite mss-test/#` matches|",
                "topic read alicia/+_temp;         wildcard-in-name; a line for each name: a wildcard stands for whole levels, MQTT has none for a part of a name",
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
    void a_word_that_is_almost_one_of_mosquittos_is_named_with_the_nearest() {
        assertThat(files.acl("user a", "topic reed x").get(0).today()).endsWith("found \"reed\" (did you mean read?)");
        assertThat(files.acl("user a", "topic Writ x").get(0).today()).endsWith("found \"Writ\" (did you mean write?)");
        assertThat(files.acl("patern read %c").get(0).today()).endsWith("found \"patern\" (did you mean pattern?)");
        assertThat(files.acl("user a", "topic vacuum x").get(0).today()).endsWith("found \"vacuum\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "topic write Alicia/Sensors/+/temperature; 13; topic write alicia/sensors/+/temperature",
                "topic write alicia/sensors/+/temprature;  30; topic write alicia/sensors/+/temperature",
                "topic write alicia/sensors/+/Humidity;    30; topic write alicia/sensors/+/humidity",
                "topic write alicia/sensor/+/temprature;   20; topic write alicia/sensors/+/temprature",
                "topic write alicia/devices/+/avialability; 30; topic write alicia/devices/+/availability",
                "topic read alicia/devices/sonos/+/comand; 35; topic read alicia/devices/sonos/+/command",
                "topic read alicia/devcies/+/status;       19; topic read alicia/devices/+/status",
                "topic read ALICIA/COMMANDS/#;             12; topic read alicia/commands/#",
                "topic read alicia/voice/stt/requests;     29; topic read alicia/voice/stt/request",
                "topic read alicia/sytem/helth/+;          19; topic read alicia/system/health/+",
                "topic write homeassistant/+/+/confg;      31; topic write homeassistant/+/+/config",
                "topic read homeassistant/Status;          26; topic read homeassistant/status"
            })
    void a_slip_in_any_level_of_a_topic_of_the_house_is_pointed_at_where_it_is(String line, int column, String meant) {
        List<Finding> findings = files.acl("user a", "topic read alicia/voice/response", line);

        assertThat(kinds(findings)).containsExactly("3 misspelt-topic");
        assertThat(findings.get(0).column()).isEqualTo(column);
        assertThat(findings.get(0).write()).isEqualTo("`" + meant + "`");
    }

    @Test
    void capitals_are_said_to_matter_also_where_the_whole_file_has_them() {
        List<Finding> findings = files.acl("user a", "topic write Alicia/Sensors/#");

        assertThat(kinds(findings)).containsExactly("2 misspelt-topic");
        assertThat(findings.get(0).today()).contains("small letters and capitals are not the same");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alicia/sensors/+/temperature2",
                "alicia/sensors/+/temperatures",
                "alicia/sensors/+/co2",
                "alicia/sensors/+/window_open",
                "alicia/sensors/+/humidex",
                "alicia/devices/sonos/+/status",
                "alicia/devices/kitchen_sensor/command",
                "alicia/commands/comand",
                "alicia/commands/sonos/volume",
                "alicia/logs/sensor",
                "alicia/scenes/#",
                "alicia/services/status",
                "alicia/+/status",
                "alice/sensors/#",
                "home/sensor/temprature",
                "Sensors/+/temperature",
                "zigbee2mqtt/+/availability",
                "homeassistant/sensor/+/+/config",
                "tasmota/discovery/#"
            })
    void a_topic_of_ones_own_is_nobodys_mistake(String filter) {
        assertThat(files.acl("user a", "topic read alicia/voice/response", "topic write " + filter))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "topic read $sys/#;              topic read $SYS/#",
                "topic read $Sys/broker/uptime;  topic read $SYS/broker/uptime",
                "topic read SYS/#;               topic read $SYS/#",
                "topic read $SYS;                topic read $SYS/#",
                "topic read $SYS/+;              topic read $SYS/#",
                "topic read $SYS/brokers/#;      topic read $SYS/#",
                "topic read +/broker/clients/#;  topic read $SYS/broker/clients/#",
                "topic read alicia/$SYS/#;       topic read $SYS/#"
            })
    void a_filter_that_was_meant_for_the_brokers_own_topics_and_misses_them_is_pointed_at(String line, String write) {
        List<Finding> findings = files.acl("user a", "topic read ok", line);

        assertThat(kinds(findings)).containsExactly("3 no-sys-topic");
        assertThat(findings.get(0).write()).isEqualTo("`" + write + "`");
    }

    @Test
    void a_rule_for_everything_is_said_not_to_cover_the_brokers_own_topics_in_a_file_that_speaks_of_them() {
        List<Finding> findings = files.acl(
                "user admin",
                "topic readwrite #",
                "user monitor",
                "topic read $SYS/broker/#",
                "user alicia",
                "topic readwrite #",
                "topic read $SYS/#");

        assertThat(kinds(findings)).containsExactly("2 sys-not-covered");
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.NOTE);
        assertThat(findings.get(0).write()).startsWith("`topic read $SYS/#` besides");
        assertThat(kinds(files.acl("user a", "topic read $SYS/#", "topic write x", "topic deny #")))
                .contains("4 sys-not-covered");
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

    /** A semicolon parts the columns of the table above. */
    @Test
    void a_semicolon_begins_a_comment_whatever_blank_and_wildcard_stand_before_it() {
        List<Finding> findings = files.acl(
                "user a",
                "topic read alicia/commands/# ; read only",
                "topic read alicia/devices/+/status\t; c",
                "topic read alicia/#;c");

        assertThat(kinds(findings))
                .containsExactly("2 comment-behind-rule", "3 comment-behind-rule", "4 comment-behind-rule");
        assertThat(findings.get(0).write())
                .isEqualTo("`topic read alicia/commands/#`, and the comment on a line of its own");
        assertThat(findings.get(1).write())
                .isEqualTo("`topic read alicia/devices/+/status`, and the comment on a line of its own");
        assertThat(findings.get(1).column()).isEqualTo(36);
        assertThat(findings.get(2).write()).isEqualTo("`topic read alicia/#`, and the comment on a line of its own");
    }

    @Test
    void advice_is_never_what_mosquitto_would_refuse_again() {
        assertThat(files.acl("user \"\"", "topic read x").get(0).write()).isEqualTo("`user NAME`");
        List<Finding> findings = files.acl("user a", "topic read " + "a/".repeat(20_000) + "#");

        assertThat(findings.get(0).write()).isEqualTo("a line such as `topic read alicia/sensors/#`");
        assertThat(files.acl("user a", "topic read " + "a/".repeat(20_000) + "# ; c")
                        .get(0)
                        .write())
                .isEqualTo("a line such as `topic read alicia/sensors/#`, and the comment on a line of its own");
    }

    @Test
    void a_semicolon_glued_to_the_filter_for_everything_begins_a_comment() {
        List<Finding> findings = files.acl("user a", "topic read #; all");

        assertThat(kinds(findings)).containsExactly("2 comment-behind-rule");
        assertThat(findings.get(0).write()).isEqualTo("`topic read #`, and the comment on a line of its own");
    }

    @Test
    void a_quoted_filter_that_mosquitto_refuses_is_said_to_be_quoted() {
        assertThat(files.acl("user a", "topic read \"alicia/#\"").get(0).meant())
                .isEqualTo("the filter without quotation marks");
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
