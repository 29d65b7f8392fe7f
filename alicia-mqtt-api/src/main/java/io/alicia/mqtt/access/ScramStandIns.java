package io.alicia.mqtt.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What SCRAM shows for names that are no accounts, so that nobody learns which ones are. A name has the iterations of some
 * account and a salt as long as that one's, so that both are as frequent as among accounts, and the salt is derived from
 * the credentials of a few of them: it is the same after a reload and a restart, and changes as seldom as theirs do. No
 * single account's password gives away how it is derived.
 */
final class ScramStandIns {

    private static final int DERIVED_FROM = 3;
    private static final int SECRET_BYTES = 32;

    /** The credentials by the hashes of their accounts' names: a name takes those that follow its own. */
    private final TreeMap<byte[], ScramCredential> ring = new TreeMap<>(Arrays::compareUnsigned);

    private final byte[] secret = new byte[SECRET_BYTES];

    ScramStandIns(Collection<Account> accounts, SecureRandom random) {
        random.nextBytes(secret);
        for (Account account : accounts) {
            account.scramCredential().ifPresent(credential -> ring.put(placeOf(account.name()), credential));
        }
    }

    private static byte[] placeOf(String name) {
        return Digests.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    ScramCredential of(String name) {
        if (ring.isEmpty()) {
            return ScramCredential.forUnknown(name, secret, ScramCredential.LEAST_ITERATIONS);
        }
        byte[] place = placeOf(name);
        byte[] key = new byte[SECRET_BYTES];
        Map.Entry<byte[], ScramCredential> next = following(place);
        ScramCredential like = next.getValue();
        for (int i = 0; i < Math.min(DERIVED_FROM, ring.size()); i++) {
            key = Digests.hmacSha256(key, next.getValue().encoded().getBytes(StandardCharsets.US_ASCII));
            next = following(next.getKey());
        }
        return ScramCredential.forUnknown(name, key, like.iterations(), like.saltBytes());
    }

    private Map.Entry<byte[], ScramCredential> following(byte[] place) {
        Map.Entry<byte[], ScramCredential> next = ring.higherEntry(place);
        return next == null ? ring.firstEntry() : next;
    }
}
