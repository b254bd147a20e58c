package org.opensearch.ralm.plugin.refresh;

import java.util.List;

/**
 * What counting a candidate's clicks came to.
 *
 * @param seeds what its document should say; null if it should stay as it is
 * @param counts the clicks
 * @param surplus clicks that are no longer among the newest, to be deleted
 * @param received when the users counted for the first time clicked, in milliseconds since 1970
 */
record Recount(CountedSeeds seeds, ClickCounts counts, List<Surplus> surplus, List<Long> received) {

    /** A click to be deleted, unless it is written again meanwhile. */
    record Surplus(String user, long seqNo, long primaryTerm) {}

    /** The same when the document is to be written all the same. */
    Recount withSeeds(CountedSeeds said) {
        return new Recount(said, counts, surplus, received);
    }

    /** The same when some of the surplus is deleted. */
    Recount withoutSurplus(int deleted) {
        if (deleted == 0) {
            return this;
        }
        ClickCounts left = counts.withoutSeeds(deleted);
        return new Recount(seeds == null ? null : seeds.withCounts(left), left, surplus, received);
    }
}
