package io.alicia.mqtt.client;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values by the name of a level, found by a part of a topic without making a string of it. The {@link Lane} changes it while others
 * look, and each of them sees it as it was or as it is: a place is filled and emptied at one stroke, and when they run out a
 * larger table takes the place of this one.
 */
final class LevelTable<V> {

    /** Without a value something was taken away; it stands there still, so that those behind it are found. */
    private record Entry<V>(String name, @Nullable V value) {}

    /** At least half of it is empty, so that each search ends. */
    private volatile AtomicReferenceArray<@Nullable Entry<V>> places = new AtomicReferenceArray<>(1);

    /** How many places are not empty, those included where something was. */
    private int filled;

    private int size;

    /** In the lane. */
    boolean isEmpty() {
        return size == 0;
    }

    /** What is under the level of {@code topic} from {@code start} to {@code end}; null if nothing is. On any thread. */
    @Nullable
    V get(String topic, int start, int end) {
        AtomicReferenceArray<@Nullable Entry<V>> table = places;
        int place = find(table, topic, start, end);
        Entry<V> found = place < 0 ? null : table.get(place);
        return found == null ? null : found.value();
    }

    /** In the lane. */
    V getOrAdd(String name, Supplier<V> fresh) {
        V existing = get(name, 0, name.length());
        if (existing != null) {
            return existing;
        }
        if (2 * (filled + 1) > places.length()) {
            moveTo(new AtomicReferenceArray<>(Integer.highestOneBit(size + 1) * 4));
        }
        V added = fresh.get();
        put(places, new Entry<>(name, added));
        filled++;
        size++;
        return added;
    }

    /** In the lane. */
    void remove(String name) {
        int place = find(places, name, 0, name.length());
        if (place < 0) {
            return;
        }
        size--;
        if (size == 0) {
            filled = 0;
            places = new AtomicReferenceArray<>(1);
        } else {
            places.set(place, new Entry<>(name, null));
        }
    }

    private void moveTo(AtomicReferenceArray<@Nullable Entry<V>> larger) {
        for (int i = 0; i < places.length(); i++) {
            Entry<V> entry = places.get(i);
            if (entry != null && entry.value() != null) {
                put(larger, entry);
            }
        }
        filled = size;
        places = larger;
    }

    private static <V> void put(AtomicReferenceArray<@Nullable Entry<V>> table, Entry<V> entry) {
        int mask = table.length() - 1;
        int place = spread(entry.name().hashCode()) & mask;
        while (table.get(place) != null) {
            place = (place + 1) & mask;
        }
        table.set(place, entry);
    }

    /** Where it is; negative if it is not there. */
    private static <V> int find(AtomicReferenceArray<@Nullable Entry<V>> table, String topic, int start, int end) {
        int mask = table.length() - 1;
        int place = spread(hash(topic, start, end)) & mask;
        Entry<V> entry = table.get(place);
        while (entry != null) {
            if (entry.value() != null
                    && entry.name().length() == end - start
                    && topic.startsWith(entry.name(), start)) {
                return place;
            }
            place = (place + 1) & mask;
            entry = table.get(place);
        }
        return -1;
    }

    /** That of a string. */
    private static int hash(String topic, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + topic.charAt(i);
        }
        return hash;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
