package io.alicia.mqtt.access;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Bouncy Castle's Argon2: the one algorithm that the JDK lacks. It is there only if the user put it there. */
final class Argon2 {

    private Argon2() {}

    static byte[] id(byte[] password, byte[] salt, int memoryKib, int iterations, int lanes, int length) {
        try {
            return BouncyCastle.id(password, salt, memoryKib, iterations, lanes, length);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "passwords kept as argon2id need Bouncy Castle (org.bouncycastle:bcprov-jdk18on) on the class path",
                    e);
        }
    }

    /** A class of its own, so that only its use needs the library. */
    private static final class BouncyCastle {

        static byte[] id(byte[] password, byte[] salt, int memoryKib, int iterations, int lanes, int length) {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withSalt(salt)
                    .withMemoryAsKB(memoryKib)
                    .withIterations(iterations)
                    .withParallelism(lanes)
                    .build());
            byte[] hash = new byte[length];
            generator.generateBytes(password, hash);
            return hash;
        }
    }
}
