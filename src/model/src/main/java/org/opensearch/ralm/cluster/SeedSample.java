package org.opensearch.ralm.cluster;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opensearch.ralm.hash.Murmur3;

/**
 * The seeds that stand for a set of seeds too large to cluster as a whole: those whose user ids have the smallest hashes.
 *
 * <p>Seeds are offered one by one. Whom the sample holds in the end is a function of the set of users offered and the
 * size of the sample: neither the order nor how often a user is offered plays a part, and a seed more or less exchanges
 * one user of the sample at most. The memory taken is that of the sample, however many are offered. The hash is
 * MurmurHash3_x86_32, seed 0, of the id in UTF-8, compared without sign; of equal hashes the smaller id comes first.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <V> what is kept of a seed: its vector, or where to find it
 */
public final class SeedSample<V> {

    private final int size;
    private final TreeMap<Place, V> chosen = new TreeMap<>();

    /**
     * @param size how many seeds it holds at most, at least 1
     */
    public SeedSample(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("the size of a sample must be at least 1, but is " + size);
        }
        this.size = size;
    }

    /** Whether an offer of this user would be taken: whatever is costly to read can wait for that. */
    public boolean wants(String user) {
        return wants(Place.of(user));
    }

    /**
     * Offers a seed, which is taken if {@link #wants} says so, and may then push another one out.
     *
     * @param value what is kept of the seed if it is taken, not null; a user in the sample keeps what came first
     */
    public void offer(String user, V value) {
        Place place = Place.of(user);
        if (wants(place)) {
            chosen.put(place, value);
            if (chosen.size() > size) {
                chosen.pollLastEntry();
            }
        }
    }

    private boolean wants(Place place) {
        return (chosen.size() < size || place.compareTo(chosen.lastKey()) < 0) && chosen.containsKey(place) == false;
    }

    /** A copy of the sample as it is: what was kept of the seeds by user id. */
    public SortedMap<String, V> chosen() {
        SortedMap<String, V> byUser = new TreeMap<>();
        chosen.forEach((place, value) -> byUser.put(place.user, value));
        return byUser;
    }

    /** Where a user stands in the order of hashes. */
    private record Place(int hash, String user) implements Comparable<Place> {

        static Place of(String user) {
            return new Place(Murmur3.hash(user.getBytes(StandardCharsets.UTF_8)), user);
        }

        @Override
        public int compareTo(Place other) {
            return hash == other.hash ? user.compareTo(other.user) : Integer.compareUnsigned(hash, other.hash);
        }
    }
}
