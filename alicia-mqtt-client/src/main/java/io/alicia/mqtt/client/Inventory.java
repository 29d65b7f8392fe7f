package io.alicia.mqtt.client;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the server is to have, what it has, and what is under way. Each change looks at the one filter that it is about, so that what
 * is missing and what is superfluous is known at any time without comparing everything with everything.
 */
final class Inventory {

    private final Set<TopicFilter> wanted = new LinkedHashSet<>();

    /** What the server has acknowledged. */
    private final FilterTrie confirmed = new FilterTrie();

    /** What was sent on this connection and is not acknowledged yet. */
    private final FilterTrie pending = new FilterTrie();

    /** What an UNSUBSCRIBE was sent for on this connection that is not acknowledged yet. */
    private final Set<TopicFilter> leaving = new LinkedHashSet<>();

    /**
     * What the server may have or not: the connection went, or the server failed, before it acknowledged. Subscribed again where
     * it is needed, taken back where it is not.
     */
    private final Set<TopicFilter> doubtful = new LinkedHashSet<>();

    /** Wanted, and not confirmed. */
    private final Set<TopicFilter> lacking = new LinkedHashSet<>();

    /** Lacking, and not pending. */
    private final Set<TopicFilter> missing = new LinkedHashSet<>();

    /** Confirmed or doubtful, and not wanted. */
    private final Set<TopicFilter> superfluous = new LinkedHashSet<>();

    private void assess(TopicFilter filter) {
        boolean isWanted = wanted.contains(filter);
        boolean isConfirmed = confirmed.contains(filter);
        put(lacking, filter, isWanted && !isConfirmed);
        put(missing, filter, isWanted && !isConfirmed && !pending.contains(filter));
        put(superfluous, filter, !isWanted && (isConfirmed || doubtful.contains(filter)));
    }

    private static void put(Set<TopicFilter> set, TopicFilter filter, boolean belongs) {
        if (belongs) {
            set.add(filter);
        } else {
            set.remove(filter);
        }
    }

    void want(TopicFilter filter) {
        wanted.add(filter);
        assess(filter);
    }

    void wantNoMore(TopicFilter filter) {
        wanted.remove(filter);
        assess(filter);
    }

    /** SUBSCRIBE is sent. */
    void asked(TopicFilter filter) {
        pending.add(filter);
        assess(filter);
    }

    /** Nothing is to come any more of a SUBSCRIBE that was sent. */
    void askedInVain(TopicFilter filter) {
        pending.remove(filter);
        assess(filter);
    }

    /** The server has answered: whatever was before, it has the filter or has it not. */
    void answered(TopicFilter filter, boolean granted) {
        pending.remove(filter);
        doubtful.remove(filter);
        if (granted) {
            confirmed.add(filter);
        }
        assess(filter);
    }

    /** The server does not have it, or has to be asked again all the same. */
    void notConfirmed(TopicFilter filter) {
        confirmed.remove(filter);
        assess(filter);
    }

    /** UNSUBSCRIBE is sent for what was superfluous. */
    List<TopicFilter> takeSuperfluous() {
        List<TopicFilter> taken = List.copyOf(superfluous);
        taken.forEach(filter -> {
            confirmed.remove(filter);
            doubtful.remove(filter);
            leaving.add(filter);
            assess(filter);
        });
        return taken;
    }

    /** An UNSUBSCRIBE of this connection is answered; with {@code inVain} the server may have the filter still. */
    void left(TopicFilter filter, boolean inVain) {
        if (leaving.remove(filter) && inVain) {
            doubtful.add(filter);
            assess(filter);
        }
    }

    /** What is under way is answered no more. */
    void disconnected() {
        List<TopicFilter> open = new ArrayList<>(pending.all());
        open.addAll(leaving);
        doubtful.addAll(open);
        pending.clear();
        leaving.clear();
        open.forEach(this::assess);
    }

    /** The server has nothing of before. */
    void serverForgot() {
        serverMayHave(Set.of());
    }

    /** It is another session: of what is here nobody knows whether the server has it, and it may have {@code filters}. */
    void serverMayHave(Set<TopicFilter> filters) {
        Set<TopicFilter> known = known();
        known.addAll(filters);
        confirmed.clear();
        doubtful.clear();
        doubtful.addAll(filters);
        lacking.clear();
        missing.clear();
        known.forEach(this::assess);
        wanted.forEach(this::assess); // in their order
    }

    /** All that the server has or may have. */
    Set<TopicFilter> known() {
        Set<TopicFilter> known = new LinkedHashSet<>(confirmed.all());
        known.addAll(doubtful);
        return known;
    }

    boolean isWanted(TopicFilter filter) {
        return wanted.contains(filter);
    }

    /** What is wanted and not confirmed, as it is at any time. */
    Set<TopicFilter> lacking() {
        return Collections.unmodifiableSet(lacking);
    }

    FilterTrie confirmed() {
        return confirmed;
    }

    FilterTrie pending() {
        return pending;
    }

    /** What is to be asked for. */
    List<TopicFilter> missing() {
        return List.copyOf(missing);
    }

    /** Whether the server has all that it is to have; there may be more, and more may be under way. */
    boolean isComplete() {
        return lacking.isEmpty();
    }
}
