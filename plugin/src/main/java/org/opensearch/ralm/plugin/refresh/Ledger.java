package org.opensearch.ralm.plugin.refresh;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opensearch.ralm.plugin.system.Memory;

/**
 * What a node remembers of the candidates that one shard has clicks of: what was counted last, when they are to be
 * clustered again, and who is yet to be looked at. A node that begins anew finds all of it in the documents.
 *
 * <p>Its memory is accounted for. Used by one thread at a time.
 */
final class Ledger implements Closeable {

    private static final String LABEL = "ralm_ledger";
    private static final long BYTES_A_CANDIDATE = 200;

    private final Memory memory;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> pending = new LinkedHashSet<>();
    private volatile long bytes;

    /** Whether a candidate can be scored well. */
    enum State {
        /** It has enough seeds. */
        WARM,
        /** It has fewer than the feed's minimum. */
        COLD,
        /** Users clicked it, but there is no document of it. */
        PENDING
    }

    /**
     * A candidate.
     *
     * @param counts the clicks when it was last looked at
     * @param reclusterAt when it is to be clustered again, in milliseconds since 1970; {@link Long#MAX_VALUE} for never
     */
    record Entry(State state, ClickCounts counts, long reclusterAt) {}

    Ledger(Memory memory) {
        this.memory = memory;
    }

    /** Notes candidates to be looked at. */
    void await(Collection<String> candidates) {
        candidates.forEach(this::await);
    }

    private void await(String candidate) {
        if (waiting.contains(candidate) == false) {
            take(candidate);
            waiting.add(candidate);
        }
    }

    /** Notes that a candidate could not be looked at: it waits behind the others. */
    void delay(String candidate) {
        if (waiting.remove(candidate)) {
            waiting.add(candidate);
        }
    }

    private void looked(String candidate) {
        if (waiting.remove(candidate)) {
            giveBack(candidate);
        }
    }

    private void take(String candidate) {
        long added = bytesOf(candidate);
        memory.take(added, LABEL);
        bytes += added;
    }

    private void giveBack(String candidate) {
        bytes -= bytesOf(candidate);
        memory.giveBack(bytesOf(candidate));
    }

    /** Notes those of some candidates to be looked at that have had seeds before. */
    void awaitSeeded(Collection<String> candidates) {
        candidates.stream().filter(candidate -> counts(candidate).seeds() > 0).forEach(this::await);
    }

    /** Those that are to be looked at, in the order in which they were noted or delayed. */
    List<String> waiting() {
        return List.copyOf(waiting);
    }

    /** Notes that a candidate was looked at. */
    void done(String candidate, Entry entry) {
        if (entries.containsKey(candidate) == false) {
            take(candidate);
        }
        entries.put(candidate, entry);
        looked(candidate);
        pending.remove(candidate);
        if (entry.state() == State.PENDING) {
            pending.add(candidate);
        }
    }

    /** Notes that nobody clicked a candidate any more. */
    void forget(String candidate) {
        looked(candidate);
        pending.remove(candidate);
        if (entries.remove(candidate) != null) {
            giveBack(candidate);
        }
    }

    /** What was counted of a candidate last; nothing if it was never looked at. */
    ClickCounts counts(String candidate) {
        Entry entry = entries.get(candidate);
        return entry == null ? ClickCounts.NONE : entry.counts();
    }

    /** The candidates there are. */
    Set<String> candidates() {
        return Set.copyOf(entries.keySet());
    }

    /** The candidates that are to be clustered again by a time. */
    List<String> due(long time) {
        List<String> due = new ArrayList<>();
        entries.forEach((candidate, entry) -> {
            if (entry.reclusterAt() <= time) {
                due.add(candidate);
            }
        });
        return due;
    }

    /** Some of the candidates without a document: those that have not been looked for longest. */
    List<String> pending(int most) {
        return pending.stream().limit(most).toList();
    }

    /** How many candidates were looked at and are not to be looked at again just now. */
    long size() {
        return entries.keySet().stream()
                .filter(candidate -> waiting.contains(candidate) == false)
                .count();
    }

    /** How many candidates are in a state. */
    long count(State state) {
        return entries.values().stream().filter(entry -> entry.state() == state).count();
    }

    /** How many clicks of users without a vector there are. */
    long unknownUsers() {
        return entries.values().stream()
                .mapToLong(entry -> entry.counts().unknown())
                .sum();
    }

    /** What it takes of the memory; safe to call from any thread. */
    long bytes() {
        return bytes;
    }

    private static long bytesOf(String candidate) {
        return BYTES_A_CANDIDATE + 2L * candidate.length();
    }

    /** Gives its memory back. */
    @Override
    public void close() {
        memory.giveBack(bytes);
        bytes = 0;
        entries.clear();
        waiting.clear();
        pending.clear();
    }
}
