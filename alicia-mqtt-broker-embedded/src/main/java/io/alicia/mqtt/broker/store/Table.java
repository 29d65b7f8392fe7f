package io.alicia.mqtt.broker.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A map of the file with what the next commit changes in it. What comes and goes between two commits never reaches the
 * file, and if a commit fails, its changes are still here. For the store's thread.
 */
final class Table {

    /** In place of a value: the key goes. */
    private static final byte[] GONE = new byte[0];

    private final TreeMap<byte[], byte[]> pending = new TreeMap<>(Arrays::compareUnsigned);
    private MVMap<byte[], byte[]> map;

    Table(MVMap<byte[], byte[]> map) {
        this.map = map;
    }

    /** Goes on with the same map of a file that was opened again. */
    void reopened(MVMap<byte[], byte[]> again) {
        map = again;
    }

    MVMap<byte[], byte[]> map() {
        return map;
    }

    byte @Nullable [] get(byte[] key) {
        byte[] changed = pending.get(key);
        return changed == null ? map.get(key) : orNull(changed);
    }

    private static byte @Nullable [] orNull(byte[] changed) {
        return changed == GONE ? null : changed;
    }

    void put(byte[] key, byte[] value) {
        pending.put(key, value);
    }

    /** Takes a key out; gives its value, or null if it has none. */
    byte @Nullable [] remove(byte[] key) {
        byte[] old = get(key);
        if (old != null) {
            pending.put(key, GONE);
        }
        return old;
    }

    /** Takes all keys that begin so out; gives their values. */
    List<byte[]> removeAll(byte[] prefix) {
        List<byte[]> keys = new ArrayList<>();
        for (byte[] key = map.ceilingKey(prefix);
                key != null && Keys.beginsWith(key, prefix);
                key = map.higherKey(key)) {
            keys.add(key);
        }
        for (byte[] key : pending.tailMap(prefix).keySet()) {
            if (!Keys.beginsWith(key, prefix)) {
                break;
            }
            keys.add(key);
        }
        List<byte[]> removed = new ArrayList<>();
        for (byte[] key : keys) {
            byte[] old = remove(key);
            if (old != null) {
                removed.add(old);
            }
        }
        return removed;
    }

    boolean isChanged() {
        return !pending.isEmpty();
    }

    /** Brings what is pending into the map, to be committed. */
    void flush() {
        for (Map.Entry<byte[], byte[]> change : pending.entrySet()) {
            if (change.getValue() == GONE) {
                map.remove(change.getKey());
            } else {
                map.put(change.getKey(), change.getValue());
            }
        }
    }

    /** What was pending is safe. */
    void committed() {
        pending.clear();
    }
}
