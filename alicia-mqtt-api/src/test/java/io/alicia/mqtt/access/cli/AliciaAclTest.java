package io.alicia.mqtt.access.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AclFile;
import io.alicia.mqtt.access.DynamicSecurity;
import io.alicia.mqtt.access.PasswordFile;
import io.alicia.mqtt.access.PolicyDiff;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.payload.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AliciaAclTest {

    private static final String HOUSE = """
            user app
            topic read alicia/#
            topic write alicia/commands/#

            user hall
            topic write alicia/sensors/#
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String stdin = "";
    private boolean colours;
    private Path acl = Path.of("");

    @BeforeEach
    void house() throws IOException {
        acl = folder.resolve("house.acl");
        Files.writeString(acl, HOUSE);
    }

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Objects.toString(arguments[i]);
        }
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(stdin.getBytes(UTF_8)), null, Map.of("SECRET", "s3cret"), colours);
        return Main.run(terminal, new PrintWriter(out, true), new PrintWriter(err, true), texts);
    }

    @Test
    void explain_names_the_deciding_rule_and_the_exit_code_says_yes_or_no() {
        assertThat(run("explain", "-u", "app", "-i", "c", "--receive", "alicia/x", acl))
                .isZero();
        assertThat(out).hasToString("allowed RECEIVE alicia/x by app (client c): house.acl:2 `topic read alicia/#`\n");

        assertThat(run("explain", "-u", "app", "--publish", "alicia/x", acl)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("denied PUBLISH alicia/x by app: no rule matched; nearest: house.acl:2 `topic read");

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
    void convert_goes_to_roles_and_back_and_says_what_the_other_form_cannot() throws IOException {
        Path passwords = folder.resolve("passwords");
        stdin = "app:one\nhall:two\n";
        assertThat(run("passwd", "batch", passwords, "-I", "101")).isZero();
        Path json = folder.resolve("roles.json");

        assertThat(run("convert", acl, "-p", passwords, "-o", json))
                .as(err.toString())
                .isZero();
        assertThat(DynamicSecurity.read(json).accounts()).hasSize(2);
        Path back = folder.resolve("back.acl");
        Path passwordsBack = folder.resolve("passwords-back");
        assertThat(run("convert", json, "-o", back, "-p", passwordsBack))
                .as(err.toString())
                .isZero();
        AccessPolicy there = AclFile.read(acl).policy();
        assertThat(PolicyDiff.between(there, AclFile.read(back).policy()).isEmpty())
                .isTrue();
        assertThat(PasswordFile.read(passwordsBack).hashes())
                .isEqualTo(PasswordFile.read(passwords).hashes());

        Files.writeString(acl, HOUSE + "pattern write logs/%c\n");
        Files.delete(json);
        assertThat(run("convert", acl, "-o", json)).isEqualTo(1);
        assertThat(err.toString())
                .contains("loses PUBLISH logs/%c")
                .endsWith("Nothing was written; --lossy writes it nevertheless.\n");
        assertThat(json).doesNotExist();
        assertThat(run("convert", acl, "-o", json, "--lossy")).isZero();
        assertThat(json).exists();
    }

    private static final String BOUND = """
            {
              "defaultACLAccess": {"publishClientSend": false, "publishClientReceive": false, "subscribe": true},
              "clients": [
                {"username": "hall", "clientid": "hall-1", "iterations": 101, "salt": "OeLFrPPzLfYp/1YW",
                 "password": "sx1MMwbFDvbFG6E0yA34MUkg6O5mAZIPZJTZysbNJQXu0bIDPHDI8Hozp2uuSC1sxOVIB3K0LlIdohrB6+rQPw==",
                 "roles": [{"rolename": "r"}]}
              ],
              "roles": [{"rolename": "r", "acls": [
                {"acltype": "publishClientSend", "topic": "dev/hall-1/#", "allow": true}
              ]}]
            }
            """;

    @Test
    void convert_does_not_drop_the_client_that_an_account_is_bound_to_without_a_word() throws IOException {
        Path json = Files.writeString(folder.resolve("bound.json"), BOUND);
        Path back = folder.resolve("back.acl");
        Path passwords = folder.resolve("back.pw");

        assertThat(run("convert", json, "-o", back, "-p", passwords)).isEqualTo(1);
        assertThat(err)
                .hasToString("The other form cannot say everything:\n"
                        + "  hall is bound to the client identifier hall-1 (bound.json:4); with an ACL file and a password file "
                        + "any client may use the account\n"
                        + "Nothing was written; --lossy writes it nevertheless.\n");
        assertThat(back).doesNotExist();
        assertThat(passwords).doesNotExist();

        assertThat(run("convert", json, "-o", back, "-p", passwords, "--lossy")).isZero();
        assertThat(err.toString()).contains("hall is bound to the client identifier hall-1");
        Path again = folder.resolve("again.json");
        assertThat(run("convert", back, "-p", passwords, "-o", again))
                .as(err.toString())
                .isZero();
        assertThat(PolicyDiff.between(
                                DynamicSecurity.read(json).policy(),
                                DynamicSecurity.read(again).policy())
                        .changes())
                .isEmpty();
        assertThat(DynamicSecurity.read(again).accounts().get(0).clientIdentifiers())
                .isEmpty();
    }

    @Test
    void convert_says_for_each_account_what_an_acl_file_cannot_refuse() throws IOException {
        Path json = Files.writeString(
                folder.resolve("roles.json"),
                BOUND.replace("\"clientid\": \"hall-1\", ", "")
                        .replace("\"subscribe\": true", "\"subscribe\": false, \"unsubscribe\": false"));

        assertThat(run("convert", json)).isEqualTo(1);
        assertThat(err.toString())
                .contains("  UNSUBSCRIBE is refused by default (roles.json:2); with an ACL file each is accepted\n")
                .contains("  hall gains SUBSCRIBE # (until now: no rule; now: allowed without a rule)\n");
        assertThat(out.toString()).isEmpty();
        Path newer = Files.writeString(folder.resolve("newer.json"), BOUND.replace("\"clientid\": \"hall-1\", ", ""));
        assertThat(run("diff", json, newer)).isEqualTo(1);
        assertThat(out.toString())
                .contains("+ hall gains SUBSCRIBE # (until now: no rule; now: allowed without a rule)");
    }

    @Test
    void convert_says_that_letters_of_a_topic_line_become_a_placeholder_in_a_role() throws IOException {
        Files.writeString(acl, "user app\ntopic write own/%c\n");

        assertThat(run("convert", acl)).isEqualTo(1);
        assertThat(err.toString()).contains("  app loses PUBLISH own/%c").contains("  app gains PUBLISH own/");
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
    void new_files_with_passwords_tell_who_has_to_read_them_or_belong_to_who_does() throws IOException {
        Path json = Files.writeString(folder.resolve("roles.json"), BOUND.replace("\"clientid\": \"hall-1\", ", ""));
        Path passwords = folder.resolve("new.pw");
        Path roles = folder.resolve("new.json");

        assertThat(run("convert", json, "-o", folder.resolve("new.acl"), "-p", passwords))
                .isZero();
        assertThat(err.toString())
                .isEqualTo("alicia-acl: " + passwords
                        + " is new and this user's alone; the broker has to read it. Where it "
                        + "runs as another user, such as mosquitto: chgrp mosquitto FILE && chmod 640 FILE\n");
        assertThat(run("convert", acl, "-o", roles)).isZero();
        assertThat(err.toString())
                .contains("the broker has to read and write it")
                .contains("chown mosquitto FILE");
        Files.setPosixFilePermissions(roles, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(run("convert", acl, "-o", roles)).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(Files.getPosixFilePermissions(roles)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void root_gives_a_new_file_with_passwords_to_the_owner_of_what_it_was_made_from() throws IOException {
        UserPrincipal nobody =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        try {
            Files.setOwner(acl, nobody);
        } catch (FileSystemException e) {
            Assumptions.abort("only root gives files away: " + e.getReason());
        }
        Path roles = folder.resolve("new.json");

        assertThat(run("convert", acl, "-o", roles)).isZero();

        assertThat(Files.getOwner(roles)).isEqualTo(nobody);
        assertThat(Files.getPosixFilePermissions(roles)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(err)
                .hasToString("alicia-acl: " + roles + " is new and belongs to nobody, as " + acl
                        + " does; nobody else can read it\n");
        assertThat(run("convert", roles, "-o", acl, "-p", folder.resolve("new.pw")))
                .isZero();
        assertThat(Files.getOwner(folder.resolve("new.pw"))).isEqualTo(nobody);
        assertThat(Files.getOwner(acl)).isEqualTo(nobody);
    }

    @Test
    void standard_writes_the_accounts_of_a_house_which_have_no_findings() {
        Path file = folder.resolve("standard.acl");
        assertThat(run("standard")).isZero();
        assertThat(out.toString())
                .startsWith("user alicia\ntopic readwrite #\n")
                .doesNotContain("sonos_speaker");
        for (String option : List.of("--sonos", "--per-device")) {
            assertThat(run("standard", option, "-o", file)).isZero();
            assertThat(run("check", "--strict", file)).as(out.toString()).isZero();
        }
        assertThat(AclFile.read(file).policy()).isEqualTo(StandardPolicy.of(StandardPolicy.Option.PER_DEVICE));
    }

    @Test
    void passwd_adds_changes_and_removes_and_keeps_the_other_lines() throws IOException {
        Path file = folder.resolve("passwords");
        stdin = "first\n";
        assertThat(run("passwd", "add", file, "app", "--stdin", "--iterations", "101"))
                .as(err.toString())
                .isZero();
        assertThat(run("passwd", "add", file, "hall", "--env", "SECRET", "-H", "sha512"))
                .isZero();
        Files.writeString(file, "# ours\n" + Files.readString(file));
        assertThat(run("passwd", "change", file, "app", "--visible-password", "second", "-I", "101"))
                .isZero();

        PasswordFile passwords = PasswordFile.read(file);
        assertThat(passwords.text()).startsWith("# ours\napp:$7$101$").contains("\nhall:$6$");
        assertThat(Objects.requireNonNull(passwords.hashes().get("app")).matches("second".getBytes(UTF_8)))
                .isTrue();
        assertThat(Objects.requireNonNull(passwords.hashes().get("hall")).matches("s3cret".getBytes(UTF_8)))
                .isTrue();
        assertThat(run("passwd", "remove", file, "app")).isZero();
        assertThat(PasswordFile.read(file).hashes()).containsOnlyKeys("hall");
    }

    @Test
    void passwd_repairs_a_broken_line_and_leaves_the_other_lines_byte_for_byte() throws IOException {
        Path file = folder.resolve("passwords");
        String broken = "# by hand\r\napp:plain\r\n\r\n  guest : $7$101$x$y\r\nnocolon\r\napp:again\r\n";
        Files.writeString(file, broken);

        assertThat(run("passwd", "change", file, "app", "--env", "SECRET", "-I", "101"))
                .as(err.toString())
                .isZero();

        String rest = "\r\n\r\n  guest : $7$101$x$y\r\nnocolon\r\n";
        assertThat(Files.readString(file))
                .startsWith("# by hand\r\napp:$7$101$")
                .endsWith(rest);
        assertThat(err.toString())
                .startsWith("alicia-acl: warning: " + file + ":4:11: expected $6$")
                .contains(file + ":5:1: expected account:hash")
                .endsWith("alicia-acl: warning: written, but a broker refuses " + file + " for these 2 lines\n")
                .doesNotContain("plain");
        assertThat(run("passwd", "add", file, "guest", "--env", "SECRET")).isEqualTo(2);
        assertThat(err.toString()).contains("has an account guest already; `passwd change` changes it");
        assertThat(run("passwd", "add", file, "hall", "--env", "SECRET", "-I", "101"))
                .isZero();
        assertThat(Files.readString(file)).contains(rest + "hall:$7$101$").endsWith("\r\n");
        assertThat(run("passwd", "remove", file, "guest")).isZero();
        assertThat(run("passwd", "remove", file, "nocolon")).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(PasswordFile.read(file).hashes()).containsOnlyKeys("app", "hall");
    }

    @Test
    void passwd_does_not_write_passwords_into_a_file_of_another_kind() throws IOException {
        Path json = Files.writeString(folder.resolve("roles.json"), "{}");

        assertThat(run("passwd", "add", acl, "bob", "--env", "SECRET")).isEqualTo(2);
        assertThat(err).hasToString("alicia-acl: " + acl + ": expected a password file, found an ACL file\n");
        assertThat(run("passwd", "add", json, "bob", "--env", "SECRET")).isEqualTo(2);
        assertThat(Files.readString(acl)).isEqualTo(HOUSE);
        Path user = Files.writeString(folder.resolve("passwords"), "user:$7$101$x$y\n");
        assertThat(run("passwd", "change", user, "user", "--env", "SECRET", "-I", "101"))
                .as("an account may be called user")
                .isZero();
    }

    @Test
    void passwd_changes_nothing_when_something_is_wrong() throws IOException {
        Path file = folder.resolve("passwords");
        stdin = "app:one\nbroken\n";
        assertThat(run("passwd", "batch", file, "-I", "101")).isEqualTo(2);
        assertThat(err).hasToString("alicia-acl: line 2 of the standard input: expected ACCOUNT:PASSWORD\n");
        assertThat(file).doesNotExist();
        stdin = "app:one\nhall:two\napp:three\n";
        assertThat(run("passwd", "batch", file, "-I", "101")).isEqualTo(2);
        assertThat(err)
                .hasToString("alicia-acl: line 3 of the standard input: expected each account once, found app again"
                        + " after line 1\n");
        assertThat(file).doesNotExist();

        assertThat(run("passwd", "add", file, "app")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no terminal to ask for the password of app");
        stdin = "x\n";
        assertThat(run("passwd", "add", file, "a:b", "--stdin")).isEqualTo(2);
        assertThat(run("passwd", "remove", acl, "nobody")).isEqualTo(2);
        assertThat(Files.readString(acl)).isEqualTo(HOUSE);
    }

    @Test
    void a_mistake_of_the_user_gives_one_line_and_no_stack_trace() throws IOException {
        Files.writeString(acl, "topic reed x\n");
        assertThat(run("explain", "--publish", "x", acl)).isEqualTo(2);
        assertThat(err)
                .hasToString("alicia-acl: " + acl
                        + ":1:7: expected read, write, readwrite or deny, found \"reed\" (did you mean read?)\n");
        assertThat(run("explain", "--publish", "x", folder.resolve("none"))).isEqualTo(3);
        assertThat(err.toString()).contains("there is no such file").hasLineCount(1);
        assertThat(run("explain", "--publish", "x/#")).isEqualTo(2);
        assertThat(err.toString()).startsWith("alicia-acl: not a Topic Name").hasLineCount(1);
        assertThat(run("check", folder.resolve("none"))).isEqualTo(3);
        assertThat(run("check", folder)).isEqualTo(3);
        assertThat(err).hasToString("alicia-acl: " + folder + ": it is a folder\n");
        assertThat(run("passwd", "add", folder.resolve("no/passwords"), "a", "--env", "SECRET", "-I", "1"))
                .isEqualTo(3);
        assertThat(err).hasToString("alicia-acl: " + folder.resolve("no") + ": there is no such file or folder\n");
        assertThat(run("passwd", "add", folder.resolve("p"), "a", "--env", "SECRET", "-I", "0"))
                .isEqualTo(2);
        assertThat(run("passwd", "add", folder.resolve("p"), "a", "--env", "SECRET", "-H", "md5"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected sha512, sha512-pbkdf2, argon2id or scram-sha-256, found 'md5'");
        Files.writeString(acl, "{\"clients\": [}");
        assertThat(run("explain", "--publish", "x", acl)).isEqualTo(2);
        assertThat(err)
                .hasToString(
                        "alicia-acl: " + acl + ":1:14: expected JSON: Unexpected close marker '}': expected ']'\n");
        assertThat(run("explain", "--publish", "x", "--receive", "x")).isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("Unmatched argument").doesNotContain("\tat ");
    }

    @Test
    void every_command_has_help() {
        for (String command : List.of("check", "explain", "matrix", "diff", "convert", "standard")) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out.toString())
                    .startsWith("Usage: alicia-acl " + command)
                    .contains("--help");
        }
        for (String command : List.of("add", "change", "remove", "batch")) {
            assertThat(run("passwd", command, "--help")).as(err.toString()).isZero();
            assertThat(out.toString()).startsWith("Usage: alicia-acl passwd " + command);
        }
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Exit codes:");
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("alicia-acl \\d\\S+, with the semantics of Mosquitto 2.0\n");
    }

    @Test
    void new_acl_files_are_as_other_files_and_new_password_files_tell_who_has_to_read_them() throws IOException {
        Path usual = Files.writeString(folder.resolve("usual"), "");
        Path standard = folder.resolve("standard.acl");
        Path passwords = folder.resolve("new.pw");

        assertThat(run("standard", "-o", standard)).isZero();
        assertThat(Files.getPosixFilePermissions(standard)).isEqualTo(Files.getPosixFilePermissions(usual));
        assertThat(run("passwd", "add", passwords, "a", "--env", "SECRET", "-I", "1"))
                .isZero();
        assertThat(Files.getPosixFilePermissions(passwords)).hasSize(2);
        assertThat(err.toString()).contains("the broker has to read it").contains("chmod 640");
        assertThat(run("passwd", "add", passwords, "b", "--env", "SECRET", "-I", "1"))
                .isZero();
        assertThat(err.toString()).isEmpty();
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

    @Test
    void names_that_would_steer_the_terminal_are_escaped_in_the_matrix() throws IOException {
        Files.writeString(acl, "user a\u001b[31m\ntopic read x\n");

        assertThat(run("matrix", acl, "-t", "x")).isZero();
        assertThat(out.toString()).contains("a\\u001b[31m").doesNotContain("\u001b");
    }

    @Test
    void explain_refuses_an_account_without_a_name() {
        assertThat(run("explain", "-u", "", "--publish", "x", acl)).isEqualTo(2);
        assertThat(err.toString()).startsWith("alicia-acl: expected the name of an account after -u");
    }

    @Test
    void the_help_of_the_strict_variant_says_which_commands_reach_every_device() {
        run("standard", "--help");

        assertThat(out.toString().replaceAll("\\s+", " ")).contains("Commands on alicia/commands reach every device");
    }

    private Path clients(String name, String clients) throws IOException {
        return Files.writeString(folder.resolve(name), """
                {"clients": [%s],
                 "roles": [{"rolename": "r", "acls": [
                  {"acltype": "publishClientSend", "topic": "x", "allow": true}]}]}
                """.formatted(clients));
    }

    private static String client(String name, String more) {
        return "{\"username\": \"" + name + "\", \"roles\": [{\"rolename\": \"r\"}], \"iterations\": 30000, "
                + "\"salt\": \"AAAAAAAAAAAAAAAA\", \"password\": \"" + "A".repeat(86) + "==\"" + more + "}";
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
