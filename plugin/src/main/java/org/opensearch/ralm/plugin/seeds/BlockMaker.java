package org.opensearch.ralm.plugin.seeds;

import java.util.Collection;
import java.util.SortedMap;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.cluster.RunningMeans;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.feed.Feed;

/**
 * Makes the seed blocks of a feed's candidates under its model.
 *
 * <p>A block made from scratch is a function of the candidate's id, the seeds and the model. Stateless, safe for use by
 * several threads.
 *
 * @param feed says how many clusters there are and how they are stored
 * @param model the feed's
 */
record BlockMaker(Feed feed, LookalikeModel model) {

    /** Whether a block can be scored, and added to, under the feed as it is. */
    boolean fits(SeedBlock block) {
        return block.fingerprint() == model.fingerprint()
                && block.dimension() == model.dimension()
                && block.clusters().count() <= feed.seeds().k();
    }

    /**
     * Clusters seeds.
     *
     * @param candidate the candidate's id, which makes the choice of first centroids repeatable; may be null
     * @param vectors the seeds' look-alike vectors by user id, at least one
     */
    SeedBlock fromScratch(String candidate, SortedMap<String, float[]> vectors) {
        CandidateClustering clustering =
                new CandidateClustering(feed.seeds().k(), feed.seeds().sampleSize());
        return block(clustering.cluster(candidate, vectors));
    }

    /** Takes new seeds into a block by moving the running means of its clusters. */
    SeedBlock extended(SeedBlock block, Collection<float[]> added) {
        RunningMeans means = new RunningMeans(block.clusters(), feed.seeds().k());
        added.forEach(means::add);
        return block(means.clusters());
    }

    /** The block of given clusters: with the global embedding that belongs to them as they are stored. */
    SeedBlock block(Clusters clusters) {
        SeedBlock exact = model.seedBlock(clusters);
        if (feed.seeds().encoding() == Encoding.FLOAT32) {
            return exact;
        }
        return model.seedBlock(SeedBlockCodec.decode(encode(exact)).clusters());
    }

    /** The bytes of a block in the feed's encoding. */
    byte[] encode(SeedBlock block) {
        return SeedBlockCodec.encode(block, feed.seeds().encoding());
    }
}
