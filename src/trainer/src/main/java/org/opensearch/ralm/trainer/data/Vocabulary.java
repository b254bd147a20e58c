package org.opensearch.ralm.trainer.data;

import java.util.Arrays;
import java.util.Collection;

/**
 * The two-way map between external names and the dense ids {@code 0..size-1}, in order of first appearance.
 * Immutable and thread-safe. The table is open addressing over one {@code int[]}, so that millions of user ids cost
 * four to eight bytes each beside their strings.
 */
public final class Vocabulary {
    private final String[] names;
    private final int[] table;

    private Vocabulary(String[] names, int[] table) {
        this.names = names;
        this.table = table;
    }

    /** A vocabulary of the given names; repeated names count once. */
    public static Vocabulary of(Collection<String> names) {
        Builder builder = new Builder();
        names.forEach(builder::add);
        return builder.build();
    }

    /** How many names there are. */
    public int size() {
        return names.length;
    }

    /** The name of a dense id in {@code [0, size)}. */
    public String name(int id) {
        return names[id];
    }

    /** The dense id of a name, or -1 if the name is unknown. */
    public int id(String name) {
        return table[slot(names, table, name)] - 1;
    }

    /** The slot that holds the name, or the empty one where it would go. Slots hold id + 1; 0 is empty. */
    private static int slot(String[] names, int[] table, String name) {
        int mask = table.length - 1;
        int hash = name.hashCode();
        int slot = (hash ^ (hash >>> 15)) * 0x9E3779B9 >>> 7 & mask;
        while (table[slot] != 0 && !names[table[slot] - 1].equals(name)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Collects names; not thread-safe. */
    public static final class Builder {
        private String[] names = new String[8];
        private int[] table = new int[16];
        private int size;

        /** Adds a name unless it is known already, and returns its dense id. */
        public int add(String name) {
            int slot = slot(names, table, name);
            if (table[slot] != 0) {
                return table[slot] - 1;
            }
            if (size == names.length) {
                grow();
                slot = slot(names, table, name);
            }
            names[size] = name;
            table[slot] = ++size;
            return size - 1;
        }

        /** How many distinct names have been added. */
        public int size() {
            return size;
        }

        /** The vocabulary of the names added so far. */
        public Vocabulary build() {
            return new Vocabulary(Arrays.copyOf(names, size), table.clone());
        }

        private void grow() {
            names = Arrays.copyOf(names, Math.multiplyExact(names.length, 2));
            table = new int[names.length * 2];
            for (int id = 0; id < size; id++) {
                table[slot(names, table, names[id])] = id + 1;
            }
        }
    }
}
