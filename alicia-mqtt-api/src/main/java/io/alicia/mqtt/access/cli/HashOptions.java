package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.PasswordHash;
import io.alicia.mqtt.access.ScramCredential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
            description = "sha512, sha512-pbkdf2, argon2id or scram-sha-256; ${DEFAULT-VALUE} unless given.",
            converter = AlgorithmConverter.class,
            defaultValue = "sha512-pbkdf2")
    private Algorithm algorithm = Algorithm.SHA512_PBKDF2;

    @Option(
            names = {"-I", "--iterations"},
            paramLabel = "COUNT",
            description = {
                "How slow guessing is made: 210000 for sha512-pbkdf2 and 600000 for scram-sha-256 unless given.",
                "Mosquitto computes them in its only thread; for many devices with long random passwords take fewer."
            })
    private @Nullable Integer iterations;

    PasswordHash hash(String password) {
        if (iterations != null && (algorithm == Algorithm.SHA512 || algorithm == Algorithm.ARGON2ID)) {
            throw new CommandFailure(
                    Main.UNUSABLE,
                    "-I has no effect on " + algorithm
                            + ", which has no iterations to choose; leave it out, or take -H "
                            + Algorithm.SHA512_PBKDF2);
        }
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
        return iterations == null ? otherwise : iterations;
    }

    /** Knows the algorithms by their words. */
    static final class AlgorithmConverter implements CommandLine.ITypeConverter<Algorithm> {

        @Override
        public Algorithm convert(String word) {
            return Arrays.stream(Algorithm.values())
                    .filter(algorithm -> algorithm.word.equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "expected sha512, sha512-pbkdf2, argon2id or scram-sha-256, found '" + word + "'"));
        }
    }
}
