package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.Credentials;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Which of the configured servers are left in peace for a while, because they refused what asking again does not change, such as
 * wrong credentials: each has a wait of its own. Times are in milliseconds. Confined to the client's {@link Lane}.
 *
 * <p>The wait for an account that was refused ends ahead of its time at a sign that the account is right now: credentials other than
 * those that were refused, or another server that takes it. Who refuses it again has a whole wait then, or a client would hammer a
 * server with credentials that are new each time, or because another takes it and drops it.
 */
final class Rests {

    private static final class Rest {

        private int refusalsInARow;
        private long over = Long.MIN_VALUE;
        private boolean aboutAccount;
        private Optional<Credentials> refused = Optional.empty();
        private boolean endedAhead;
        private boolean whole;

        void begin(long until, boolean nowAboutAccount, Optional<Credentials> nowRefused) {
            over = until;
            aboutAccount = nowAboutAccount;
            refused = nowRefused;
            whole = endedAhead;
            endedAhead = false;
        }

        boolean isOver(long now) {
            return over <= now;
        }

        void endAhead(long now) {
            if (!isOver(now) && aboutAccount && !whole) {
                over = now;
                endedAhead = true;
            }
        }
    }

    private final Backoff backoff;
    private final RandomGenerator random;
    private final Rest[] rests;

    Rests(int servers, Backoff backoff, RandomGenerator random) {
        this.backoff = backoff;
        this.random = random;
        this.rests = Stream.generate(Rest::new).limit(servers).toArray(Rest[]::new);
    }

    void refused(int place, long now) {
        begin(place, now, false, Optional.empty());
    }

    void accountRefused(int place, long now, Optional<Credentials> credentials) {
        begin(place, now, true, credentials);
    }

    private void begin(int place, long now, boolean aboutAccount, Optional<Credentials> credentials) {
        Rest rest = rests[place];
        rest.refusalsInARow++;
        long millis = backoff.longDelay(rest.refusalsInARow, random).toMillis();
        rest.begin(now + millis, aboutAccount, credentials);
    }

    /** A server is asked with these. */
    void offered(Optional<Credentials> credentials, long now) {
        endAhead(rest -> !rest.refused.equals(credentials), now);
    }

    /** A server took the account. */
    void accountTaken(long now) {
        endAhead(rest -> true, now);
    }

    private void endAhead(Predicate<Rest> which, long now) {
        Stream.of(rests).filter(which).forEach(rest -> rest.endAhead(now));
    }

    /** A connection has lasted: whatever comes is new. */
    void lasted(int place) {
        rests[place] = new Rest();
    }

    boolean isOver(int place, long now) {
        return rests[place].isOver(now);
    }

    /** Whose rest is over first. */
    int next() {
        int next = 0;
        for (int place = 1; place < rests.length; place++) {
            next = rests[place].over < rests[next].over ? place : next;
        }
        return next;
    }

    /** How long it is until the first may be asked; 0 if one may be now. */
    long left(long now) {
        return isOver(next(), now) ? 0 : rests[next()].over - now;
    }
}
