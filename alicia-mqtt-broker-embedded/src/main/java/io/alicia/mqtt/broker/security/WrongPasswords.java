package io.alicia.mqtt.broker.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.FailedLogInLimit;
import io.alicia.mqtt.access.LogIn;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Log-ins that were refused already and will be as long as the accounts stay what they are: a device that comes with its
 * old password again and again guesses nothing new.
 *
 * <p>Of a password only an HMAC under a random key is kept, which leaves the process as little as the key does. The
 * log-ins of each network are apart, so that nobody can tell by the time of an answer what others tried. Safe for any
 * number of threads, but takes a lock and reads the whole password: not for event loops.
 */
public final class WrongPasswords {

    /** About two megabytes. One that keeps coming stays, however many others guess. */
    private static final int MOST_KEPT = 10_000;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    /** What a log-in is known by. Nobody without the key can aim at one, so that comparing need not take constant time. */
    record Print(String hmac) {}

    private final SecretKeySpec key;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<Print, Authentication> refusals = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * None yet.
     *
     * @param accounts who is let in; with others it takes another instance
     * @param random makes the key
     */
    public WrongPasswords(Iterable<Account> accounts, SecureRandom random) {
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
        accounts.forEach(account -> this.accounts.put(account.name(), account));
    }

    /** What {@code logIn} is known by: its network, account and password, and its Client Identifier where that is why it fails. */
    Print printOf(LogIn logIn) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            add(mac, logIn.remoteAddress().map(FailedLogInLimit::networkOf).orElse(""));
            String name = logIn.account().orElse("");
            add(mac, name);
            Account account = accounts.get(name);
            boolean foreign = account != null && !account.admits(logIn.clientIdentifier());
            add(mac, foreign ? logIn.clientIdentifier() : "");
            logIn.password().ifPresent(password -> {
                // Without a password is another log-in than with one of no bytes.
                mac.update((byte) 1);
                mac.update(password);
            });
            return new Print(new String(mac.doFinal(), ISO_8859_1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Each text with its length in front, so that no two become the same bytes together. */
    private static void add(Mac mac, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
    }

    /** {@return what became of a log-in like this before, null if none is known} */
    synchronized @Nullable Authentication refusalOrNull(Print print) {
        return refusals.get(print);
    }

    /**
     * Counts a log-in that was refused, unless one like it was before. What the client is not to learn now is not kept:
     * it would learn it later, when it would no longer count.
     *
     * @param count counts it
     * @return why the client is not to learn the outcome; empty if it is
     */
    synchronized Optional<String> refused(Print print, Authentication refusal, Supplier<Optional<String>> count) {
        if (refusals.containsKey(print)) {
            return Optional.empty();
        }
        Optional<String> delay = count.get();
        if (delay.isEmpty()) {
            keep(print, refusal);
        }
        return delay;
    }

    private void keep(Print print, Authentication refusal) {
        refusals.put(print, refusal);
        if (refusals.size() > MOST_KEPT) {
            Iterator<Print> leastRecent = refusals.keySet().iterator();
            leastRecent.next();
            leastRecent.remove();
        }
    }

    synchronized int kept() {
        return refusals.size();
    }
}
