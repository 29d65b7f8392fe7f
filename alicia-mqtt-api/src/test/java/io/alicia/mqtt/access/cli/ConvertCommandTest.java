package io.alicia.mqtt.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AclFile;
import io.alicia.mqtt.access.DynamicSecurity;
import io.alicia.mqtt.access.PasswordFile;
import io.alicia.mqtt.access.PolicyDiff;
import io.alicia.mqtt.codec.Json;
import io.alicia.mqtt.payload.JsonObject;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ConvertCommandTest extends AliciaAclTests {

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
                .contains("  %u loses PUBLISH logs/%c")
                .contains("%u is any account that the ACL file does not name; -p names those of a password file.\n")
                .contains("Nothing was written; --lossy writes it nevertheless.\nnote: %c in a role is one level");
        assertThat(json).doesNotExist();
        assertThat(run("convert", acl, "-o", json, "--lossy")).isZero();
        assertThat(json).exists();
        assertThat(run("convert", acl, "-o", json, "-p", passwords, "--json")).isZero();
        assertThat(err.toString().lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("{\"change\":\"none\",\"explanation\":\""));
    }

    @Test
    void convert_writes_over_nothing_that_it_reads_and_over_no_file_twice() throws IOException {
        Path json = Files.writeString(folder.resolve("roles.json"), BOUND.replace("\"clientid\": \"hall-1\", ", ""));
        Path link = Files.createSymbolicLink(folder.resolve("link"), acl);
        Path passwords = Files.writeString(folder.resolve("passwords"), "app:$6$x$y\n");
        Path neither = folder.resolve("neither");

        for (Path same : List.of(acl, link, folder.resolve(".").resolve("house.acl"))) {
            assertThat(run("convert", acl, "-o", same)).isEqualTo(2);
            assertThat(err)
                    .hasToString("alicia-acl: " + same + " after -o is what is converted: expected another file\n");
        }
        assertThat(run("convert", json, "-o", neither, "-p", json)).isEqualTo(2);
        assertThat(run("convert", json, "-o", neither, "-p", folder.resolve("../" + folder.getFileName() + "/neither")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected two files after -o and -p, found " + neither + " twice");
        assertThat(run("convert", acl, "-o", passwords, "-p", passwords)).isEqualTo(2);

        assertThat(neither).doesNotExist();
        assertThat(Files.readString(acl)).isEqualTo(HOUSE);
        assertThat(Files.readString(json)).startsWith("{\n  \"defaultACLAccess\"");
        assertThat(passwords).hasContent("app:$6$x$y");
    }

    @Test
    void convert_does_not_drop_the_client_that_an_account_is_bound_to_without_a_word() throws IOException {
        Path json = Files.writeString(folder.resolve("bound.json"), BOUND);
        Path back = folder.resolve("back.acl");
        Path passwords = folder.resolve("back.pw");

        assertThat(run("convert", json, "-o", back, "-p", passwords)).isEqualTo(1);
        assertThat(err)
                .hasToString("The other form cannot say everything:\n"
                        + "  hall is bound to the client identifier hall-1 (" + folder.resolve("bound.json")
                        + ":4); with an ACL file and a password file "
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
                .contains("  UNSUBSCRIBE is refused by default (" + folder.resolve("roles.json")
                        + ":2); with an ACL file each is accepted\n")
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
    void convert_tells_machines_what_the_other_form_cannot_say() throws IOException {
        Path json = clients("bound.json", client("hall", ", \"clientid\": \"hall-1\""));

        assertThat(run("convert", json, "--json")).isEqualTo(1);

        assertThat(err.toString().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Json.parse(line)).isInstanceOf(JsonObject.class))
                .anyMatch(line -> line.startsWith("{\"change\":\"lost\",\"explanation\":\"hall is bound to"));
    }
}
