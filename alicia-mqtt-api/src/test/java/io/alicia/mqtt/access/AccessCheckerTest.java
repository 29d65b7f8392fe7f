package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.CheckedFiles.kinds;
import static io.alicia.mqtt.access.CheckedFiles.lines;
import static io.alicia.mqtt.access.CheckedFiles.strong;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.AliciaTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as such: who may read and write them, and whether they are text. */
class AccessCheckerTest {

    private CheckedFiles files = CheckedFiles.NONE;

    @BeforeEach
    void files(@TempDir Path folder) {
        files = new CheckedFiles(folder);
    }

    @Test
    void a_file_that_everybody_may_write_is_pointed_at() throws IOException {
        Path acl = files.folder().resolve("open.acl");
        Path passwords = files.folder().resolve("open.passwords");
        Files.writeString(acl, lines("user a", "topic read x"));
        Files.writeString(passwords, strong("a"));
        Files.setPosixFilePermissions(acl, PosixFilePermissions.fromString("rw-r--rw-"));
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(kinds(AccessChecker.of(acl, passwords).check()))
                .containsExactly("0 world-writable", "0 world-readable");
    }

    @Test
    void a_file_that_is_no_text_is_a_finding_with_its_place() throws IOException {
        Path acl = files.folder().resolve("latin.acl");
        Files.write(acl, "user a\ntopic read k\u00fcche\n".getBytes(ISO_8859_1));
        List<Finding> findings =
                AccessChecker.of(acl, files.folder().resolve("none")).check();

        assertThat(kinds(findings)).containsExactly("2 unreadable-file", "0 unreadable-file");
        assertThat(findings.get(0).today()).isEqualTo("expected text in UTF-8, found the byte 0xfc");
        Files.write(acl, "\uFEFFuser a\ntopic read x\n".getBytes(UTF_8));
        assertThat(kinds(AccessChecker.of(acl, null).check())).containsExactly("1 byte-order-mark");
    }

    @Test
    void the_standard_policy_has_no_findings() {
        for (AccessPolicy policy : List.of(
                StandardPolicy.of(),
                StandardPolicy.of(StandardPolicy.Option.SONOS_SPEAKER),
                StandardPolicy.of(StandardPolicy.Option.PER_DEVICE))) {
            assertThat(files.acl(AclFile.of("house.acl", policy).toString())).isEmpty();
        }
    }

    @Test
    void the_examples_and_all_topics_of_the_house_have_no_findings() throws IOException {
        Path example = Path.of("../examples/mosquitto/house.acl");
        assertThat(AccessChecker.of(files.written("house.acl", Files.readString(example)), null)
                        .check())
                .isEmpty();

        List<String> topics = new ArrayList<>(List.of("user a"));
        AliciaTopics.all()
                .forEach(topic ->
                        topics.add("topic write " + topic.template().filter().value()));
        List<Finding> findings = files.acl(topics.toArray(new String[0]));
        // Some of the house's topics are special cases of others.
        assertThat(findings).extracting(Finding::kind).containsOnly("shadowed-rule");
    }

    @Test
    void a_document_as_mosquitto_ctrl_begins_it_has_a_weak_hash_and_nothing_else() {
        String begun = """
                {"clients": [{"username": "admin", "textName": "Dynsec admin user", "salt": "cGPJ6v2CM00TE70X",
                  "password": "GelOoswa3APYKJwG3K4StXUEjjerAuznejU90f5p1kE8k2ZY5+9VISa9vq6s54sXr12uvex7rKUUBwxggVbHTw==",
                  "iterations": 101, "roles": [{"rolename": "admin"}]}],
                 "roles": [{"rolename": "admin", "acls": [
                  {"acltype": "publishClientSend", "topic": "$CONTROL/dynamic-security/#", "allow": true},
                  {"acltype": "publishClientReceive", "topic": "$CONTROL/dynamic-security/#", "allow": true},
                  {"acltype": "subscribePattern", "topic": "$CONTROL/dynamic-security/#", "allow": true},
                  {"acltype": "publishClientReceive", "topic": "$SYS/#", "allow": true},
                  {"acltype": "subscribePattern", "topic": "$SYS/#", "allow": true},
                  {"acltype": "publishClientReceive", "topic": "#", "allow": true},
                  {"acltype": "subscribePattern", "topic": "#", "allow": true},
                  {"acltype": "unsubscribePattern", "topic": "#", "allow": true}]}],
                 "defaultACLAccess": {"publishClientSend": false, "publishClientReceive": true, "subscribe": false,
                  "unsubscribe": true}}
                """;

        assertThat(kinds(files.check(begun, null, List.of()))).containsExactly("1 weak-hash");
    }

    @Test
    void the_house_as_roles_has_no_findings_either() {
        AccessPolicy policy = StandardPolicy.of(StandardPolicy.Option.SONOS_SPEAKER);
        String roles = AccessConversion.toDynamicSecurity("d.json", policy, List.of())
                .result()
                .text();

        assertThat(files.check(roles, null, List.of())).isEmpty();
    }

    @Test
    void a_file_in_utf_16_is_taken_for_one() throws IOException {
        Path file = Files.write(files.folder().resolve("house.acl"), "\uFEFFuser a\n".getBytes(UTF_16LE));

        Finding finding = AccessChecker.of(file, null).check().get(0);

        assertThat(finding.write()).contains("`iconv -f UTF-16 -t UTF-8`");
        assertThat(finding.toString()).contains("house.acl:1:1: error: ");
    }

    @Test
    void a_byte_order_mark_is_no_mistake_in_json_which_mosquitto_loads() {
        assertThat(kinds(files.check("\uFEFF{\"clients\": []}", null, List.of())))
                .containsExactly("1 no-clients");
    }

    @Test
    void a_file_with_the_line_ends_of_old_macs_is_said_to_have_them_and_nothing_else() {
        List<Finding> findings = files.check("user a\rtopic read x\rtopic write y\r", "a:x\rb:y\r", List.of());

        assertThat(kinds(findings)).containsExactly("1 carriage-return-line-ends", "1 carriage-return-line-ends");
        assertThat(findings.get(0).today()).startsWith("the lines end with CR alone");
        assertThat(files.check("user a\r\ntopic read x\r\n", null, List.of())).isEmpty();
        assertThat(files.check("user a\ntopic read x\r", null, List.of())).isEmpty();
    }

    @Test
    void who_else_may_write_a_file_or_read_the_hashes_of_a_document_is_pointed_at() throws IOException {
        Path acl = files.written("house.acl", "user a\ntopic read x\n");
        Files.setPosixFilePermissions(acl, PosixFilePermissions.fromString("rw-rw-r--"));
        Path roles = files.written("d.json", "{\"clients\": [{\"username\": \"a\", \"password\" : \"AA==\"}]}");
        Files.setPosixFilePermissions(roles, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(kinds(AccessChecker.of(acl, null).check())).containsExactly("0 group-writable");
        assertThat(kinds(AccessChecker.of(roles, null).check())).contains("0 world-readable");
        Path without = files.written("e.json", "{\"clients\": [{\"username\": \"a\"}]}");
        Files.setPosixFilePermissions(without, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(kinds(AccessChecker.of(without, null).check())).doesNotContain("0 world-readable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x/", "a, ", "x ", "+-", "\\", "{x", "topic "})
    @Timeout(30)
    void a_line_of_megabytes_is_judged_at_once(String part) {
        List<Finding> findings =
                files.acl("user a", "topic read x", "topic read " + part.repeat(4_000_000 / part.length()));

        assertThat(kinds(findings)).containsExactly("3 refused-line");
        assertThat(findings.get(0).write()).endsWith("a topic has 65535 bytes at most");
        assertThat(findings.get(0).today()).hasSizeLessThan(1_000);
    }
}
