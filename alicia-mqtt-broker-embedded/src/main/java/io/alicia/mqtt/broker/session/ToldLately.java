package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What was logged already in this {@link #PERIOD}, so that what happens with every message does not fill the log. Bounded
 * in memory and in lines; asked for every message, so nobody waits for anybody. Safe for any number of threads.
 */
final class ToldLately {

    /** How long it is remembered at most. */
    static final Duration PERIOD = Duration.ofMinutes(10);

    /** So many lines in one period; threads that come at the same moment may make it a few more. */
    static final int MOST = 1_000;

    /** What is to be done now. */
    enum Turn {
        /** It was not told of in this period. */
        TELL,
        /** There were too many others; this is the first that is kept back. */
        TELL_THAT_IT_IS_ENOUGH,
        /** It was told of, or there were too many others. */
        KEEP_SILENT
    }

    /** As much of a name as a log line shows; a client must not make the broker remember megabytes. */
    private static final int MOST_OF_A_NAME = 200;

    /** Two clients of an account may be denied the same topic by different rules, so both are told of. */
    private record Key(@Nullable String account, String clientIdentifier, String topic) {

        static Key of(@Nullable String account, String clientIdentifier, TopicName topic) {
            return new Key(account, cut(clientIdentifier), cut(topic.value()));
        }

        private static String cut(String name) {
            return name.length() <= MOST_OF_A_NAME ? name : name.substring(0, MOST_OF_A_NAME);
        }
    }

    private record Period(long endMillis, Set<Key> told, AtomicBoolean full) {

        static Period endingAt(long endMillis) {
            return new Period(endMillis, ConcurrentHashMap.newKeySet(), new AtomicBoolean());
        }
    }

    private final InstantSource clock;
    private volatile Period period;

    ToldLately(InstantSource clock) {
        this.clock = clock;
        this.period = Period.endingAt(clock.millis() + PERIOD.toMillis());
    }

    Turn take(@Nullable String account, String clientIdentifier, TopicName topic) {
        Period current = current();
        Key key = Key.of(account, clientIdentifier, topic);
        if (current.told().contains(key)) {
            return Turn.KEEP_SILENT;
        }
        if (current.told().size() >= MOST) {
            return current.full().compareAndSet(false, true) ? Turn.TELL_THAT_IT_IS_ENOUGH : Turn.KEEP_SILENT;
        }
        return current.told().add(key) ? Turn.TELL : Turn.KEEP_SILENT;
    }

    /** Begins another period. */
    void forget() {
        period = Period.endingAt(clock.millis() + PERIOD.toMillis());
    }

    private Period current() {
        Period current = period;
        long now = clock.millis();
        // A clock that was put back must not make the period longer.
        if (now < current.endMillis() && now >= current.endMillis() - PERIOD.toMillis()) {
            return current;
        }
        // Threads that come at the same moment may begin one each: then a line or two is told twice.
        Period next = Period.endingAt(now + PERIOD.toMillis());
        period = next;
        return next;
    }
}
