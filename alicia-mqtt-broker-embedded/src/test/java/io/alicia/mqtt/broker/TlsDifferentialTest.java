package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.tls.OpenSsl;
import io.alicia.mqtt.broker.tls.Pki;
import io.alicia.mqtt.ports.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same configuration file in the real Mosquitto and here, the same clients at both: who is let in, and as whom. The
 * access file lets each user publish to a topic with its name, so that the outcome tells the name.
 */
@Timeout(120)
class TlsDifferentialTest {

    private static final List<String> CERTIFICATES =
            List.of("", "hall", "attic", "expired", "early", "revoked", "nameless", "webserver", "stranger");

    @TempDir
    static Path directory;

    private static Pki pki;

    @BeforeAll
    static void make() throws IOException {
        OpenSsl.require("openssl", "mosquitto", "mosquitto_pub");
        pki = Pki.in(directory);
        Files.writeString(directory.resolve("acl"), """
                topic write anybody
                pattern write user/%u
                user CN=hall,O=house
                topic write user/subject
                """);
        Files.setPosixFilePermissions(directory.resolve("acl"), PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "cafile ca.crt",
                "cafile ca.crt;require_certificate true",
                "capath trusted;require_certificate true",
                "cafile ca.crt;require_certificate true;use_identity_as_username true",
                "cafile ca.crt;require_certificate true;use_subject_as_username true",
                "cafile ca.crt;use_identity_as_username true",
                "cafile ca.crt;require_certificate true;crlfile revoked.crl",
                "cafile floor.crt;require_certificate true",
                "require_certificate true",
            })
    void lets_in_whom_mosquitto_lets_in(String options) throws IOException {
        int port = FreePort.find();
        Map<String, String> theirs;
        try (MosquittoBroker mosquitto = MosquittoBroker.start(directory, port, lines(port, options))) {
            theirs = mosquitto.whileRunning(() -> outcomes(port, topics(options)));
        }
        Map<String, String> ours;
        Path file = Files.write(Files.createTempFile(directory, "ours", ".conf"), lines(port, options));
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.fromMosquitto(file))) {
            ours = outcomes(broker.port(), topics(options));
        }

        assertThat(ours).isEqualTo(theirs);
    }

    private static List<String> lines(int port, String options) {
        List<String> lines = new ArrayList<>(List.of(
                "allow_anonymous true",
                "acl_file " + directory.resolve("acl"),
                "listener " + port + " 127.0.0.1",
                "certfile " + pki.file("server.crt"),
                "keyfile " + pki.file("server.key")));
        for (String option : options.split(";", -1)) {
            lines.add(option.replaceFirst("^(cafile|capath|crlfile) ", "$1 " + directory + "/"));
        }
        return lines;
    }

    /** Where names come from certificates, the topics that show the name; {@code %} stands for the certificate's. */
    private static List<String> topics(String options) {
        return options.contains("_as_username") ? List.of("user/%", "user/subject") : List.of("anybody");
    }

    /** What became of each client, by its certificate. */
    private static Map<String, String> outcomes(int port, List<String> topics) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (String certificate : CERTIFICATES) {
            outcomes.put(certificate.isEmpty() ? "no certificate" : certificate, outcome(port, certificate, topics));
        }
        return outcomes;
    }

    private static String outcome(int port, String certificate, List<String> topics) {
        for (String topic : topics) {
            MosquittoClient.Outcome outcome =
                    publish(port, certificate, topic.replace("%", certificate.isEmpty() ? "nobody" : certificate));
            if (outcome.exitCode() != 0) {
                return outcome.output().contains("Bad User Name")
                        ? "refused by CONNACK: " + outcome.output()
                        : "no TLS";
            }
            if (!outcome.output().contains("Not authorized")) {
                return "may publish to " + topic;
            }
        }
        return "may publish nothing";
    }

    private static MosquittoClient.Outcome publish(int port, String certificate, String topic) {
        List<String> arguments = new ArrayList<>(List.of(
                "-h",
                "localhost",
                "-p",
                String.valueOf(port),
                "--cafile",
                pki.file("ca.crt").toString(),
                "-V",
                "5",
                "-q",
                "1",
                "-t",
                topic,
                "-m",
                "x"));
        if (!certificate.isEmpty()) {
            arguments.addAll(List.of(
                    "--cert",
                    pki.file(certificate + ".crt").toString(),
                    "--key",
                    pki.file(certificate + ".key").toString()));
        }
        return MosquittoClient.run("mosquitto_pub", arguments);
    }
}
