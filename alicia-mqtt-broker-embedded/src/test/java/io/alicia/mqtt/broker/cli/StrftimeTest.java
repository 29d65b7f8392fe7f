package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class StrftimeTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Madrid");
    private static final String ALL = "%a|%A|%b|%B|%c|%C|%d|%D|%e|%F|%g|%G|%h|%H|%I|%j|%k|%l|%m|%M|%p|%P|%r|%R|%s|%S|%T"
            + "|%u|%U|%V|%w|%W|%x|%X|%y|%Y|%z|%Z|%%|%Ey|%Od";

    @Test
    void the_example_of_the_manual_is_an_iso_date() {
        assertThat(Strftime.format("%Y-%m-%dT%H:%M:%S", Instant.EPOCH.atZone(ZoneId.of("UTC"))))
                .isEqualTo("1970-01-01T00:00:00");
    }

    @Test
    void what_is_no_conversion_stays() {
        assertThat(Strftime.format("%Q at 100%", Instant.EPOCH.atZone(ZONE))).isEqualTo("%Q at 100%");
    }

    @Test
    void every_conversion_is_that_of_the_c_library() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/bin/date"))) {
            Assumptions.abort("no /bin/date to compare with");
        }
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            long second = random.nextLong(4_000_000_000L);
            ProcessBuilder date = new ProcessBuilder(List.of("/bin/date", "-d", "@" + second, "+" + ALL));
            date.environment().put("TZ", ZONE.getId());
            date.environment().put("LC_ALL", "C");
            Process process = date.start();
            String expected = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();

            assertThat(Strftime.format(ALL, Instant.ofEpochSecond(second).atZone(ZONE)))
                    .as("second %d of seed %d", second, seed)
                    .isEqualTo(expected);
        }
    }
}
