package org.opensearch.ralm.trainer.bench.chaos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the cluster has acknowledged, and must therefore have for ever. Thread-safe.
 *
 * <p>A candidate is written again and again with growing revisions by one writer that waits for each to be acknowledged.
 * Of a request that got no answer nobody knows when it is carried out, be it after a later one: its revision, too, may
 * be the one that is found.
 */
final class Ledger {

    private final Map<String, Set<String>> usersOfCandidates = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private final Map<String, Set<Long>> unanswered = new HashMap<>();
    private long clicks;
    private long clickWrites;
    private long candidateWrites;

    /** Enters an acknowledged click. */
    synchronized void click(String candidate, String user) {
        clickWrites++;
        if (usersOfCandidates
                .computeIfAbsent(candidate, none -> new HashSet<>())
                .add(user)) {
            clicks++;
        }
    }

    /** Enters an acknowledged write of a candidate: it replaces what was acknowledged before. */
    synchronized void candidate(String candidate, long revision, List<String> seeds) {
        candidateWrites++;
        revisions.put(candidate, revision);
        seeds.forEach(seed -> click(candidate, seed));
    }

    /** Enters a write of a candidate of which nobody knows whether it was or will be carried out. */
    synchronized void unanswered(String candidate, long revision) {
        unanswered.computeIfAbsent(candidate, none -> new HashSet<>()).add(revision);
    }

    /** Different clicks and candidates. */
    synchronized long acknowledged() {
        return clicks + revisions.size();
    }

    /** Different pairs of candidate and user. */
    synchronized long clicks() {
        return clicks;
    }

    /** How often a click was acknowledged, seeds given with a candidate and repeated clicks included. */
    synchronized long clickWrites() {
        return clickWrites;
    }

    synchronized long candidates() {
        return revisions.size();
    }

    synchronized long candidateWrites() {
        return candidateWrites;
    }

    /**
     * The acknowledged clicks that are not there.
     *
     * @param found the ids of all documents of the clicks index
     */
    synchronized List<String> lostClicks(Set<String> found) {
        return usersOfCandidates.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(user -> clickId(entry.getKey(), user)))
                .filter(id -> found.contains(id) == false)
                .toList();
    }

    /**
     * The acknowledged candidates that are not there, or not as acknowledged last.
     *
     * @param found the revisions of all documents of the candidates index by id
     */
    synchronized List<String> lostCandidates(Map<String, Long> found) {
        return revisions.entrySet().stream()
                .filter(entry -> isKept(entry.getKey(), entry.getValue(), found.get(entry.getKey())) == false)
                .map(entry -> entry.getKey() + " of revision " + entry.getValue() + " has revision "
                        + found.get(entry.getKey()))
                .toList();
    }

    /**
     * How many acknowledged clicks the candidates' seeds lack, summed over all candidates.
     *
     * @param seedCounts by candidate
     */
    synchronized long uncounted(Map<String, Integer> seedCounts) {
        return usersOfCandidates.entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue().size() - seedCounts.getOrDefault(entry.getKey(), 0)))
                .sum();
    }

    private boolean isKept(String candidate, long acknowledged, Long found) {
        return found != null
                && (found == acknowledged
                        || unanswered.getOrDefault(candidate, Set.of()).contains(found));
    }

    /** The id of a click whose candidate and user hold neither {@code %} nor {@code :}. */
    private static String clickId(String candidate, String user) {
        return candidate + ":" + user;
    }
}
