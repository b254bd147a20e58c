package org.opensearch.ralm.plugin.seeds;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.cluster.RunningMeans;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.UserVectors;

/**
 * Makes the seed blocks of a feed's candidates under its model.
 *
 * <p>A block made from scratch is a function of the candidate's id, the seeds and the model. Stateless, safe for use by
 * several threads.
 *
 * @param feed says how many clusters there are and how they are stored
 * @param model the feed's
 * @param recall whether candidates have a field of vectors for their global embeddings beside that of their blocks
 */
public record BlockMaker(Feed feed, LookalikeModel model, boolean recall) {

    private static final long BYTES_A_SEED = 160;
    private static final int COPIES_OF_VECTORS = 3;

    /** For candidates without a field of vectors. */
    public BlockMaker(Feed feed, LookalikeModel model) {
        this(feed, model, false);
    }

    /** Whether a block can be scored, and added to, under the feed as it is. */
    public boolean fits(SeedBlock block) {
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
    public SeedBlock fromScratch(String candidate, SortedMap<String, float[]> vectors) {
        return block(clustering().cluster(candidate, vectors));
    }

    /**
     * Clusters seeds of which there are too many to be held at once.
     *
     * @param candidate the candidate's id; may be null
     * @param sample what a sample of {@link #clustering} has chosen of all seeds
     * @param seeds how many seeds there are
     */
    public SeedBlock fromSample(String candidate, SortedMap<String, float[]> sample, int seeds) {
        return block(clustering().cluster(candidate, sample, seeds));
    }

    /**
     * The block of a candidate with too few seeds: its pseudo-seed, by what the document says of it.
     *
     * @param source the document
     * @return empty if the feed names no content fields, or nothing is said in them
     */
    public Optional<SeedBlock> fromContent(Map<String, Object> source) {
        List<String> fields = feed.seeds().contentFields();
        return fields.isEmpty()
                ? Optional.empty()
                : model.pseudoSeedBlock(CandidateContent.of(source, fields)).map(pseudo -> block(pseudo.clusters()));
    }

    /** How seeds are clustered from scratch. */
    public CandidateClustering clustering() {
        return new CandidateClustering(feed.seeds().k(), feed.seeds().sampleSize());
    }

    /**
     * About what clustering takes of the memory.
     *
     * @param seeds how many seeds a candidate has
     */
    public long clusteringBytes(long seeds) {
        return Math.min(seeds, feed.seeds().sampleSize())
                * (BYTES_A_SEED + (long) COPIES_OF_VECTORS * Float.BYTES * model.dimension());
    }

    /**
     * About what it takes to read the vectors of users and to cluster all of them.
     *
     * @param users how many there are
     */
    public long bytesFor(int users) {
        return UserVectors.bytes(users, model.dimension(), UserVectorFetch.USERS_A_REQUEST) + clusteringBytes(users);
    }

    /** About how many bytes the largest block has in a document. */
    public int largestBlock() {
        return (feed.seeds().k() + 2) * model.dimension() * Float.BYTES * 4 / 3;
    }

    /** Takes new seeds into a block by moving the running means of its clusters. */
    public SeedBlock extended(SeedBlock block, Collection<float[]> added) {
        RunningMeans means = new RunningMeans(block.clusters(), feed.seeds().k());
        added.forEach(means::add);
        return block(means.clusters());
    }

    /** The block of given clusters: with the global embedding that belongs to them as they are stored. */
    public SeedBlock block(Clusters clusters) {
        SeedBlock exact = model.seedBlock(clusters);
        if (feed.seeds().encoding() == Encoding.FLOAT32) {
            return exact;
        }
        return model.seedBlock(SeedBlockCodec.decode(encode(exact)).clusters());
    }

    /** The bytes of a block in the feed's encoding. */
    public byte[] encode(SeedBlock block) {
        return SeedBlockCodec.encode(block, feed.seeds().encoding());
    }
}
