package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Coarse guards against decisions and loading becoming slow by a whole order: the limits are wide, because other work
 * shares the machine. The exact numbers are the benchmarks'.
 */
class AccessSpeedTest {

    private static final int ROUNDS = 200_000;

    @Test
    void ten_thousand_accounts_with_ten_rules_each_load_within_seconds(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("large.acl");
        Files.writeString(file, largeAcl(10_000));

        Duration best =
                best(() -> AccessPolicy.fromMosquittoAcl(file).accounts().size(), 5);

        System.out.println("10,000 accounts with 10 rules each loaded in " + best.toMillis() + " ms");
        assertThat(best).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void a_warm_decision_takes_well_under_a_microsecond() {
        AccountAccess access = AclFile.parse("f", largeAcl(10)).policy().accessOf("account-7", "c");
        String[] topics = topics(32);

        Duration best = best(
                () -> {
                    int granted = 0;
                    for (int i = 0; i < ROUNDS; i++) {
                        granted += access.mayPublish(topics[i & 31]) ? 1 : 0;
                    }
                    return granted;
                },
                10);

        long nanos = best.toNanos() / ROUNDS;
        System.out.println("a warm decision takes " + nanos + " ns");
        assertThat(nanos).isLessThan(1_000);
    }

    @Test
    void a_cold_decision_does_not_grow_with_the_number_of_accounts() {
        AccountAccess few = AclFile.parse("f", largeAcl(10)).policy().accessOf("account-7", "c");
        AccountAccess many = AclFile.parse("f", largeAcl(5_000)).policy().accessOf("account-7", "c");
        String[] topics = topics(4_096);

        long small = best(() -> cold(few, topics), 20).toNanos();
        long large = best(() -> cold(many, topics), 20).toNanos();

        System.out.println("a cold decision takes " + small / topics.length + " ns with 10 accounts and "
                + large / topics.length + " ns with 5,000");
        assertThat(large).isLessThan(small * 10);
    }

    private static int cold(AccountAccess access, String[] topics) {
        int granted = 0;
        for (String topic : topics) {
            granted += access.mayPublish(topic) ? 1 : 0;
        }
        return granted;
    }

    private static Duration best(IntSupplier work, int rounds) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            int result = work.getAsInt();
            best = Math.min(best, System.nanoTime() - start);
            assertThat(result).isPositive();
        }
        return Duration.ofNanos(best);
    }

    private static String[] topics(int count) {
        String[] topics = new String[count];
        for (int i = 0; i < count; i++) {
            topics[i] = "house/7/" + i % 10 + "/room-" + i + "/status";
        }
        return topics;
    }

    private static String largeAcl(int accounts) {
        StringBuilder text = new StringBuilder();
        for (int account = 0; account < accounts; account++) {
            text.append("user account-").append(account).append('\n');
            for (int rule = 0; rule < 10; rule++) {
                text.append("topic write house/")
                        .append(account)
                        .append('/')
                        .append(rule)
                        .append("/+/status\n");
            }
        }
        return text.toString();
    }
}
