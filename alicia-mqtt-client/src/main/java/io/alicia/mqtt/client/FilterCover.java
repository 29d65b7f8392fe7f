package io.alicia.mqtt.client;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a server is to have for the filters that streams need. One that does not say which subscription a message is for may send
 * it once for each that matches (MQTT 5 §3.3.4), and nothing tells such copies from two equal messages; so it only ever has
 * filters that do not contain each other, the widest. Kept up to date filter by filter: streams may be many.
 */
final class FilterCover {

    private final FilterTrie needed = new FilterTrie();
    private final FilterTrie wanted = new FilterTrie();
    private final Consumer<TopicFilter> nowWanted;
    private final Consumer<TopicFilter> wantedNoMore;

    /** Whether each filter has a subscription of its own, whatever others contain. */
    private boolean each;

    /** Tells {@code nowWanted} what the server is to have from now on, and {@code wantedNoMore} what not any longer. */
    FilterCover(Consumer<TopicFilter> nowWanted, Consumer<TopicFilter> wantedNoMore) {
        this.nowWanted = nowWanted;
        this.wantedNoMore = wantedNoMore;
    }

    /** A stream needs {@code filter}; more than once is as good as once. */
    void add(TopicFilter filter) {
        if (needed.add(filter)) {
            cover(filter);
        }
    }

    /** No stream needs {@code filter} any more; others that it stood for may need one of their own now. */
    void remove(TopicFilter filter) {
        if (!needed.remove(filter) || !wanted.remove(filter)) {
            return;
        }
        wantedNoMore.accept(filter);
        if (!each) {
            needed.containedIn(filter).forEach(this::cover);
        }
    }

    private void cover(TopicFilter filter) {
        if (each) {
            want(filter);
        } else if (wanted.containing(filter) == null) {
            wanted.containedIn(filter).forEach(narrower -> {
                wanted.remove(narrower);
                wantedNoMore.accept(narrower);
            });
            want(filter);
        }
    }

    private void want(TopicFilter filter) {
        wanted.add(filter);
        nowWanted.accept(filter);
    }

    /** From now on each filter is wanted by itself, or the widest alone. */
    void giveEach(boolean itsOwn) {
        if (each != itsOwn) {
            each = itsOwn;
            List<TopicFilter> before = List.copyOf(wanted.all());
            wanted.clear();
            before.forEach(wantedNoMore);
            needed.all().forEach(this::cover);
        }
    }

    /** The filter with which the server has what {@code filter} needs; null if nothing does. */
    @Nullable
    TopicFilter standingFor(TopicFilter filter) {
        return containing(wanted, filter);
    }

    /** One of {@code subscriptions} that brings what {@code filter} needs; null if none does. */
    @Nullable
    TopicFilter containing(FilterTrie subscriptions, TopicFilter filter) {
        return each ? (subscriptions.contains(filter) ? filter : null) : subscriptions.containing(filter);
    }

    /** The filters of streams that get what they need from a subscription to {@code filter}. */
    List<TopicFilter> neededOf(TopicFilter filter) {
        return within(needed, filter);
    }

    /** Those of {@code filters} that get what they need from {@code subscription}. */
    List<TopicFilter> within(FilterTrie filters, TopicFilter subscription) {
        return each
                ? (filters.contains(subscription) ? List.of(subscription) : List.of())
                : filters.containedIn(subscription);
    }
}
