package io.alicia.mqtt.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.access.AclFile;
import io.alicia.mqtt.access.StandardPolicy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardCommandTest extends AliciaAclTests {

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
    void the_help_of_the_strict_variant_says_which_commands_reach_every_device() {
        run("standard", "--help");

        assertThat(out.toString().replaceAll("\\s+", " ")).contains("Commands on alicia/commands reach every device");
    }
}
