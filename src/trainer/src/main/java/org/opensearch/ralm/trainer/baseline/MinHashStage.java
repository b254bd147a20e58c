package org.opensearch.ralm.trainer.baseline;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.CandidateRows;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.evaluation.Setting;

/**
 * The first stage of Yahoo's look-alike system: an item is only for users who share a MinHash bucket with one of its
 * seeds; it has no score for others. Keeps the buckets of the block it was last asked about; not safe for
 * use by several threads.
 */
final class MinHashStage implements Scorer {

    private final Scorer second;
    private final MinHash hash;
    private final SeedIndex seeds;
    private final int maxSeeds;
    private final MultiHot encoding;
    private final Set<?>[] bucketsOf;
    private Block prepared;
    private long pairs;
    private long outside;

    /**
     * @param second   scores the users who share a bucket
     * @param maxSeeds the newest so many seeds of an item count
     */
    MinHashStage(Scorer second, MinHash hash, Dataset dataset, SeedIndex seeds, int maxSeeds) {
        this.second = second;
        this.hash = hash;
        this.seeds = seeds;
        this.maxSeeds = maxSeeds;
        this.encoding = new MultiHot(dataset, MultiHot.Numbers.TENTHS);
        this.bucketsOf = new Set<?>[seeds.items()];
    }

    /** Before Yahoo's scores by features that are more frequent among the seeds. */
    static Scorer of(Experiment experiment, int bands, int rows) {
        Setting setting = experiment.setting();
        return new MinHashStage(
                YahooLookalike.scorer(experiment, YahooLookalike.Variant.MORE_THAN_ALL),
                new MinHash(bands, rows, experiment.options().seed()),
                setting.dataset(),
                setting.seeds(),
                experiment.options().lookalike().maxSeeds());
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
        if (block.equals(prepared) == false) {
            Arrays.fill(bucketsOf, null);
            prepared = block;
        }
        float[] scores = second.score(block, users, times, candidates);
        CandidateRows rows = new CandidateRows(candidates, bucketsOf.length);
        List<long[]> bucketsOfUsers = encoding.encode(users, times).stream()
                .map(user -> hash.buckets(user.features()))
                .toList();
        pairs += scores.length;
        outside += Arrays.stream(rows.items())
                .parallel()
                .mapToLong(item -> takeOut(item, rows, bucketsOfUsers, scores))
                .sum();
        return scores;
    }

    @Override
    public Optional<String> remark() {
        return Optional.of(String.format(
                Locale.ROOT, "%.1f %% of the pairs scored share no bucket", 100.0 * outside / Math.max(1, pairs)));
    }

    private long takeOut(int item, CandidateRows rows, List<long[]> bucketsOfUsers, float[] scores) {
        if (bucketsOf[item] == null) {
            bucketsOf[item] = bucketsOfSeeds(item);
        }
        long count = 0;
        for (int position : rows.positions(item)) {
            long[] buckets = bucketsOfUsers.get(rows.row(position));
            if (Arrays.stream(buckets).noneMatch(bucketsOf[item]::contains)) {
                scores[position] = NO_SCORE;
                count++;
            }
        }
        return count;
    }

    private Set<Long> bucketsOfSeeds(int item) {
        Set<Long> buckets = new HashSet<>();
        int[] audience = seeds.seedsOf(item, prepared.start(), maxSeeds);
        for (SparseVector seed : encoding.encode(audience, prepared.start())) {
            Arrays.stream(hash.buckets(seed.features())).forEach(buckets::add);
        }
        return buckets;
    }
}
