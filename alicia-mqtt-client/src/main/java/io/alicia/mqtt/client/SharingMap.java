package io.alicia.mqtt.client;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A map that never changes. One with an entry more shares with it all but a small part, so that a view of thousands can be shown
 * anew at each change: whole copies are quadratic in how many there are. Immutable and safe to share between threads.
 */
final class SharingMap<K, V> extends AbstractMap<K, V> {

    /** Of thousands of entries each part has a few dozens, and what the parts are held by is not much more. */
    private static final int PARTS = 256;

    private final List<Map<K, V>> parts;
    private final int size;

    private SharingMap(List<Map<K, V>> parts, int size) {
        this.parts = parts;
        this.size = size;
    }

    static <K, V> SharingMap<K, V> empty() {
        return new SharingMap<>(Collections.nCopies(PARTS, Map.of()), 0);
    }

    SharingMap<K, V> with(K key, V value) {
        Map<K, V> part = new HashMap<>(part(key));
        boolean added = part.put(key, value) == null;
        return withPart(key, part, added ? size + 1 : size);
    }

    SharingMap<K, V> without(K key) {
        Map<K, V> part = new HashMap<>(part(key));
        return part.remove(key) == null ? this : withPart(key, part, size - 1);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private SharingMap<K, V> withPart(K key, Map<K, V> part, int newSize) {
        Map<K, V>[] all = parts.toArray(new Map[0]);
        all[number(key)] = Collections.unmodifiableMap(part);
        return new SharingMap<>(List.of(all), newSize);
    }

    private Map<K, V> part(Object key) {
        return parts.get(number(key));
    }

    private static int number(Object key) {
        int hash = key.hashCode() * 0x9E3779B9; // whatever bits differ, the upper ones do then
        return hash >>> 24;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key != null && part(key).containsKey(key);
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return key == null ? null : part(key).get(key);
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                Stream<Entry<K, V>> entries = parts.stream().flatMap(part -> part.entrySet().stream());
                return entries.iterator();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }
}
