package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
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
    void says_who_is_affected_and_who_is_disconnected() throws IOException {
        Files.writeString(acl, "user app\ntopic read alicia/sensors/#\n");
        Files.writeString(passwords, Files.readString(passwords).replaceAll("kitchen.*\n", "") + hashed("hall"));

        AccessReload reload = inForce.reload();

        assertThat(reload).hasToString("0 gains, 1 losses; accounts: 1 added, 1 removed, 0 with a new password");
        assertThat(reload.affects("app")).isTrue();
        assertThat(reload.affects("kitchen")).isFalse();
        assertThat(reload.disconnects("app")).isFalse();
        assertThat(reload.disconnects("kitchen")).isTrue();
        assertThat(reload.files().passwords().hashes()).containsOnlyKeys("app", "hall");
    }

    @Test
    void a_new_password_disconnects_who_logged_in_with_the_old_one() throws IOException {
        Files.writeString(passwords, hashed("app") + Files.readString(passwords).replaceAll("app.*\n", ""));

        AccessReload reload = inForce.reload();

        assertThat(reload.newPasswords()).containsExactly("app");
        assertThat(reload.disconnects("app")).isTrue();
        assertThat(reload.affects("app")).isFalse();
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
