package io.alicia.mqtt.broker.routing;

import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map whose changed copies share all but a path of a few nodes with the original (a hash array mapped
 * trie). A change costs O(log n) however large the map is, and a reader never sees half of one.
 */
final class PersistentMap<K, V> {

    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;
    /** Branches above each other at most: after so many steps all bits of a hash have been looked at. */
    private static final int DEPTH = (Integer.SIZE + BITS - 1) / BITS;

    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(null, 0);

    private final @Nullable Branch root;
    private final int size;

    private PersistentMap(@Nullable Branch root, int size) {
        this.root = root;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // an empty map holds nothing of any type
    static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @SuppressWarnings("unchecked") // a leaf holds what with(K, V) put there
    @Nullable
    V get(K key) {
        Leaf leaf = root == null ? null : find(root, spread(key), key);
        return leaf == null ? null : (V) leaf.value;
    }

    PersistentMap<K, V> with(K key, V value) {
        Leaf leaf = new Leaf(spread(key), key, value, null);
        boolean isNew = root == null || find(root, leaf.hash, key) == null;
        return new PersistentMap<>(root == null ? Branch.of(leaf, 0) : root.with(leaf, 0), isNew ? size + 1 : size);
    }

    PersistentMap<K, V> without(K key) {
        int hash = spread(key);
        if (root == null || find(root, hash, key) == null) {
            return this;
        }
        return size == 1 ? empty() : new PersistentMap<>(root.without(hash, key, 0), size - 1);
    }

    void forEach(BiConsumer<? super K, ? super V> action) {
        if (root != null) {
            visit(root, action);
        }
    }

    @SuppressWarnings("unchecked") // a leaf holds what with(K, V) put there
    private static <K, V> void visit(Branch branch, BiConsumer<? super K, ? super V> action) {
        for (Object slot : branch.slots) {
            if (slot instanceof Branch below) {
                visit(below, action);
            } else {
                for (Leaf leaf = (Leaf) slot; leaf != null; leaf = leaf.collision) {
                    action.accept((K) leaf.key, (V) leaf.value);
                }
            }
        }
    }

    /** {@return a place before the first key; what is in the map never changes, so it may be left and gone on from} */
    Cursor<K, V> cursor() {
        return new Cursor<>(root);
    }

    /**
     * A place in a map. Belongs to one thread at a time.
     *
     * @param <K> the keys
     * @param <V> their values
     */
    static final class Cursor<K, V> {

        /** The branches around the place, and the slot of each that comes next. */
        private final Branch[] branches = new Branch[DEPTH];

        private final int[] slots = new int[DEPTH];
        private int depth;
        private @Nullable Leaf leaf;

        private Cursor(@Nullable Branch root) {
            if (root != null) {
                branches[0] = root;
                depth = 1;
            }
        }

        /** Goes to the next key; false if there is none. */
        boolean advance() {
            leaf = leaf == null ? null : leaf.collision;
            while (leaf == null && depth > 0) {
                Branch branch = branches[depth - 1];
                int slot = slots[depth - 1]++;
                if (slot == branch.slots.length) {
                    depth--;
                } else if (branch.slots[slot] instanceof Branch below) {
                    branches[depth] = below;
                    slots[depth] = 0;
                    depth++;
                } else {
                    leaf = (Leaf) branch.slots[slot];
                }
            }
            return leaf != null;
        }

        @SuppressWarnings("unchecked") // a leaf holds what with(K, V) put there
        K key() {
            return (K) here().key;
        }

        @SuppressWarnings("unchecked") // a leaf holds what with(K, V) put there
        V value() {
            return (V) here().value;
        }

        private Leaf here() {
            if (leaf == null) {
                throw new NoSuchElementException("not at a key");
            }
            return leaf;
        }
    }

    private static int spread(Object key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

    private static @Nullable Leaf find(Branch root, int hash, Object key) {
        Branch branch = root;
        for (int shift = 0; ; shift += BITS) {
            int bit = 1 << ((hash >>> shift) & MASK);
            if ((branch.bitmap & bit) == 0) {
                return null;
            }
            Object slot = branch.slots[branch.indexOf(bit)];
            if (slot instanceof Branch below) {
                branch = below;
            } else {
                return ((Leaf) slot).find(hash, key);
            }
        }
    }

    /** A key with its value; keys with the same hash hang one behind the other. */
    private record Leaf(
            int hash, Object key, Object value, @Nullable Leaf collision) {

        @Nullable
        Leaf find(int wantedHash, Object wanted) {
            if (hash != wantedHash) {
                return null;
            }
            for (Leaf leaf = this; leaf != null; leaf = leaf.collision) {
                if (leaf.key.equals(wanted)) {
                    return leaf;
                }
            }
            return null;
        }

        @Nullable
        Leaf without(Object unwanted) {
            if (key.equals(unwanted)) {
                return collision;
            }
            return new Leaf(hash, key, value, collision == null ? null : collision.without(unwanted));
        }
    }

    /** Up to 32 slots, only those in use are stored; a slot is a {@link Leaf} or a {@link Branch}. */
    private static final class Branch {

        private final int bitmap;
        private final Object[] slots;

        private Branch(int bitmap, Object[] slots) {
            this.bitmap = bitmap;
            this.slots = slots;
        }

        static Branch of(Leaf leaf, int shift) {
            return new Branch(1 << ((leaf.hash >>> shift) & MASK), new Object[] {leaf});
        }

        int indexOf(int bit) {
            return Integer.bitCount(bitmap & (bit - 1));
        }

        Branch with(Leaf leaf, int shift) {
            int bit = 1 << ((leaf.hash >>> shift) & MASK);
            int index = indexOf(bit);
            if ((bitmap & bit) == 0) {
                Object[] grown = new Object[slots.length + 1];
                System.arraycopy(slots, 0, grown, 0, index);
                grown[index] = leaf;
                System.arraycopy(slots, index, grown, index + 1, slots.length - index);
                return new Branch(bitmap | bit, grown);
            }
            Object[] changed = slots.clone();
            if (slots[index] instanceof Branch below) {
                changed[index] = below.with(leaf, shift + BITS);
            } else {
                changed[index] = merge((Leaf) slots[index], leaf, shift + BITS);
            }
            return new Branch(bitmap, changed);
        }

        private static Object merge(Leaf present, Leaf added, int shift) {
            if (present.hash == added.hash) {
                return new Leaf(added.hash, added.key, added.value, present.without(added.key));
            }
            // Different hashes part at the seventh step at the latest, so this ends.
            return of(present, shift).with(added, shift);
        }

        @Nullable
        Branch without(int hash, Object key, int shift) {
            int bit = 1 << ((hash >>> shift) & MASK);
            int index = indexOf(bit);
            Object left = slots[index] instanceof Branch below
                    ? below.without(hash, key, shift + BITS)
                    : ((Leaf) slots[index]).without(key);
            if (left != null) {
                Object[] changed = slots.clone();
                changed[index] = left;
                return new Branch(bitmap, changed);
            }
            if (slots.length == 1) {
                return null;
            }
            Object[] shrunk = new Object[slots.length - 1];
            System.arraycopy(slots, 0, shrunk, 0, index);
            System.arraycopy(slots, index + 1, shrunk, index, shrunk.length - index);
            return new Branch(bitmap & ~bit, shrunk);
        }
    }
}
