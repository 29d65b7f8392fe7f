package io.alicia.mqtt.broker.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compares with {@code openssl ciphers}, which prints the suites under both names. */
class OpenSslCiphersTest {

    private static final long SEED = Long.getLong("alicia.test.seed", 20_261);
    private static final List<String> WORDS = List.of(
            "ALL",
            "HIGH",
            "kRSA",
            "RSA",
            "aRSA",
            "ECDSA",
            "aECDSA",
            "ECDHE",
            "EECDH",
            "kEECDH",
            "DHE",
            "EDH",
            "kEDH",
            "AES",
            "AES128",
            "AES256",
            "AESGCM",
            "CHACHA20",
            "SHA1",
            "SHA",
            "SHA256",
            "SHA384",
            "TLSv1.2",
            "SSLv3",
            "ECDHE+AESGCM",
            "EECDH+ECDSA+AES256",
            "DHE+CHACHA20",
            "RSA+SHA1",
            "ECDHE-RSA-AES256-SHA384",
            "AES128-SHA",
            "CAMELLIA",
            "no-such-suite");

    @TempDir
    static Path directory;

    @BeforeAll
    static void find() {
        OpenSsl.require("openssl");
    }

    @TestFactory
    Stream<DynamicTest> lists_that_operators_use_select_the_same_in_the_same_order() {
        return Stream.of(
                        "DEFAULT:!aNULL:!eNULL:!LOW:!EXPORT:!SSLv2:@STRENGTH",
                        "HIGH:!aNULL:!MD5",
                        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
                                + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:"
                                + "ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384",
                        "ECDHE+AESGCM:DHE+AESGCM:!aNULL",
                        "EECDH+AESGCM:EDH+AESGCM",
                        "AES256-SHA",
                        "AES128+EECDH:AES128+EDH",
                        "ALL:!kRSA:!SHA1:+CHACHA20",
                        "TLSv1.2:-AES128:!CAMELLIA",
                        "ECDHE, DHE",
                        "HIGH:@SECLEVEL=1")
                .map(list -> DynamicTest.dynamicTest(list, () -> assertSame(list)));
    }

    @Test
    void random_lists_select_the_same_in_the_same_order() {
        Random random = new Random(SEED);
        for (int i = 0; i < 60; i++) {
            List<String> words = new ArrayList<>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                // Not "-": what it takes away and another word brings back has an order of its own in OpenSSL.
                String sign = words.isEmpty() ? "" : List.of("", "", "!", "+").get(random.nextInt(4));
                words.add(sign + WORDS.get(random.nextInt(WORDS.size())));
            }
            assertSame(String.join(":", words));
        }
    }

    private static void assertSame(String list) {
        List<String> ours = OpenSslCiphers.select(list);

        assertThat(ours).as("\"%s\", seed %d", list, SEED).isEqualTo(theirs(list));
    }

    /** Those of OpenSSL's that the JDK has at all. */
    private static List<String> theirs(String list) {
        String output;
        try {
            output = OpenSsl.run(directory, "ciphers", "-stdname", "-s", "-tls1_2", list);
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("no cipher match");
            return List.of();
        }
        Collection<String> known = OpenSslCiphers.select("ALL");
        return Arrays.stream(output.split("\n", -1))
                .map(line -> line.replaceFirst(" .*", ""))
                .filter(known::contains)
                .collect(Collectors.toList());
    }
}
