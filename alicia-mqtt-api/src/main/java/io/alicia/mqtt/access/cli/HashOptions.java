package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.access.ScramCredential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import picocli.CommandLine.Option;

/** How a password is kept. */
final class HashOptions {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** The choices, as {@code mosquitto_passwd} calls those that it has. */
    enum Algorithm {
        SHA512("sha512"),
        SHA512_PBKDF2("sha512-pbkdf2"),
        ARGON2ID("argon2id"),
        SCRAM_SHA_256("scram-sha-256");

        private final String word;

        Algorithm(String word) {
            this.word = word;
        }

        /** The word on the command line. */
        @Override
        public String toString() {
            return word;
        }
    }

    @Option(
            names = {"-H", "--hash"},
            paramLabel = "ALGORITHM",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.",
            defaultValue = "sha512-pbkdf2")
    private Algorithm algorithm = Algorithm.SHA512_PBKDF2;

    @Option(
            names = {"-I", "--iterations"},
            paramLabel = "COUNT",
            description = {
                "How slow guessing is made: 210000 for sha512-pbkdf2 and 600000 for scram-sha-256 unless given.",
                "Mosquitto computes them in its only thread; for many devices with long random passwords take fewer."
            },
            defaultValue = "0")
    private int iterations;

    PasswordHash hash(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return switch (algorithm) {
            case SHA512 -> PasswordHash.sha512(bytes, RANDOM);
            case SHA512_PBKDF2 ->
                PasswordHash.pbkdf2Sha512(bytes, iterationsOr(PasswordHash.RECOMMENDED_ITERATIONS), RANDOM);
            case ARGON2ID -> PasswordHash.argon2id(bytes, RANDOM);
            case SCRAM_SHA_256 ->
                ScramCredential.derive(password, iterationsOr(ScramCredential.RECOMMENDED_SCRAM_ITERATIONS), RANDOM);
        };
    }

    private int iterationsOr(int otherwise) {
        return iterations == 0 ? otherwise : iterations;
    }
}
