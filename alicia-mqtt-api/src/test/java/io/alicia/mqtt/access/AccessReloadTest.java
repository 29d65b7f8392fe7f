package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessReloadTest {

    @TempDir
    private Path folder;

    private Path acl;
    private Path passwords;
    private AccessFiles inForce;

    @BeforeEach
    void write() throws IOException {
        acl = folder.resolve("house.acl");
        passwords = folder.resolve("passwords");
        Files.writeString(acl, "user app\ntopic read alicia/#\n");
        Files.writeString(passwords, hashed("app") + hashed("kitchen"));
        inForce = AccessFiles.read(acl, passwords);
    }

    private static String hashed(String account) {
        return account + ":"
                + PasswordHash.pbkdf2Sha512(new byte[] {1}, 1, new SecureRandom())
                        .encoded() + "\n";
    }

    @Test
    void the_summary_says_that_rules_for_everybody_or_for_clients_without_an_account_changed() {
        AccessPolicy before = AclFile.parse("acl", "topic read a\nuser x\ntopic read b\npattern read %c\n")
                .policy();

        assertThat(summary(before, "topic read a\nuser x\ntopic read b\npattern read %u\n"))
                .startsWith("rules for every client changed; accounts: 0 added");
        assertThat(summary(before, "topic read z\nuser x\ntopic read b\npattern read %c\n"))
                .startsWith("rules of clients without an account changed;");
        assertThat(summary(before, "topic read z\nuser x\ntopic read c\npattern read %c\n"))
                .startsWith("rules of 1 account and of clients without an account changed;");
        assertThat(summary(before, "topic read a\nuser x\ntopic read c\npattern read %c\n"))
                .startsWith("rules of 1 account changed;");
    }

    private static String summary(AccessPolicy before, String after) {
        return AccessDiff.between(before, List.of(), AclFile.parse("acl", after).policy(), List.of())
                .toString();
    }

    @Test
    void says_who_is_affected_and_who_is_disconnected() throws IOException {
        Files.writeString(acl, "user app\ntopic read alicia/sensors/#\n");
        Files.writeString(passwords, Files.readString(passwords).replaceAll("kitchen.*\n", "") + hashed("hall"));

        AccessReload reload = inForce.reload();
        AccessDiff diff = reload.diff();

        assertThat(reload)
                .hasToString("rules of 1 account changed; accounts: 1 added, 1 removed, 0 with a new password");
        assertThat(diff.affects("app")).isTrue();
        assertThat(diff.affects("kitchen")).isFalse();
        assertThat(diff.disconnects("app", "c")).isFalse();
        assertThat(diff.disconnects("kitchen", "c")).isTrue();
        assertThat(reload.files().passwords().hashes()).containsOnlyKeys("app", "hall");
    }

    @Test
    void a_new_password_disconnects_who_logged_in_with_the_old_one() throws IOException {
        Files.writeString(passwords, hashed("app") + Files.readString(passwords).replaceAll("app.*\n", ""));

        AccessDiff diff = inForce.reload().diff();

        assertThat(diff.newPasswords()).containsExactly("app");
        assertThat(diff.disconnects("app", "c")).isTrue();
        assertThat(diff.affects("app")).isFalse();
    }

    @Test
    void an_account_that_is_bound_to_other_client_identifiers_now_disconnects_the_others() {
        Account kitchen = Account.of("kitchen", PasswordHash.plain("secret"));
        AccessPolicy policy = inForce.policy();

        AccessDiff diff =
                AccessDiff.between(policy, List.of(kitchen), policy, List.of(kitchen.boundTo(List.of("kitchen-1"))));

        assertThat(diff.disconnects("kitchen", "kitchen-1")).isFalse();
        assertThat(diff.disconnects("kitchen", "kitchen-2")).isTrue();
        assertThat(diff.isEmpty()).isFalse();
        assertThat(AccessDiff.between(policy, List.of(kitchen), policy, List.of(kitchen))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_file_that_cannot_be_used_leaves_the_old_rules_in_force() throws IOException {
        Files.writeString(passwords, "hall:secret\n");
        Files.writeString(acl, "");

        assertThatThrownBy(inForce::reload)
                .isInstanceOf(AccessFileException.class)
                .hasMessageContaining("passwords:1:6: expected ");
        Files.delete(acl);
        assertThatThrownBy(inForce::reload)
                .isInstanceOf(AccessFileException.class)
                .hasMessageContaining("house.acl: there is no such file");
        assertThat(inForce.policy()
                        .decide("app", "c", Access.RECEIVE, TopicName.of("alicia/x"))
                        .allowed())
                .isTrue();
    }

    @Test
    void strict_subscriptions_stay_strict() {
        assertThat(inForce.withStrictSubscriptions().reload().files().policy().isStrict())
                .isTrue();
        assertThat(inForce.reload().files().policy().isStrict()).isFalse();
    }
}
