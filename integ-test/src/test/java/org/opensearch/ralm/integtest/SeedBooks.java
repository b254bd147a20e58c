package org.opensearch.ralm.integtest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who is known to have clicked what, because a cluster has acknowledged it. Thread-safe. */
final class SeedBooks {
    private final Map<String, SortedSet<String>> seeds = new TreeMap<>();

    synchronized void enter(String candidate, String user) {
        seeds.computeIfAbsent(candidate, fresh -> new TreeSet<>()).add(user);
    }

    /** The users who clicked each candidate. */
    synchronized Map<String, List<String>> seeds() {
        Map<String, List<String>> copy = new TreeMap<>();
        seeds.forEach((candidate, users) -> copy.put(candidate, new ArrayList<>(users)));
        return copy;
    }

    /** How many users clicked a candidate, summed over all. */
    synchronized int size() {
        return seeds.values().stream().mapToInt(Collection::size).sum();
    }
}
