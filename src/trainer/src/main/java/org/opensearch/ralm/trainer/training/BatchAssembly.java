package org.opensearch.ralm.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.trainer.network.LookalikeBatch;
import org.opensearch.ralm.trainer.network.LookalikeBatch.Candidate;

/**
 * Collects the samples of a batch and the distinct candidates they name, so that what depends on a candidate alone is
 * computed once. Not safe for use by several threads.
 */
final class BatchAssembly {

    private static final int NOBODY = -1;

    private final BlockSamples block;
    private final FloatRows users;
    private final SeedClusters clusters;
    private final int[] samples;
    private final int[] choices;
    private final int negatives;
    private final int members;
    private final List<Candidate> candidates = new ArrayList<>();
    private final int[] candidateAt;
    private int size;

    /**
     * @param users the universal embedding of each sample's user
     * @param clusters of the block's seeds
     * @param negatives candidates to draw against each click
     * @param members how many members of each cluster to hand over; 0 for frozen centroids
     * @param capacity how many samples may be added
     */
    BatchAssembly(
            BlockSamples block, FloatRows users, SeedClusters clusters, int negatives, int members, int capacity) {
        this.block = block;
        this.users = users;
        this.clusters = clusters;
        this.negatives = negatives;
        this.members = members;
        this.samples = new int[capacity];
        this.choices = new int[capacity * (negatives + 1)];
        this.candidateAt = new int[block.seeds().pool().length];
        Arrays.fill(candidateAt, -1);
    }

    int size() {
        return size;
    }

    /** Adds a sample, unless there are too few candidates to draw against it. */
    void add(int sample, Random random) {
        int positive = block.positives()[sample];
        int user = block.users()[sample];
        Optional<Clusters> clicked = clusters.without(positive, user);
        int[] drawn = block.negatives(sample, negatives, random);
        if (clicked.isEmpty() || drawn.length < negatives) {
            return;
        }
        int at = size * (negatives + 1);
        choices[at] = clicked.get() == clusters.clusters(positive)
                ? candidate(positive, random)
                : append(clicked.get(), positive, user, random);
        for (int negative : drawn) {
            choices[++at] = candidate(negative, random);
        }
        samples[size++] = sample;
    }

    LookalikeBatch batch() {
        float[] rows = new float[size * users.width()];
        for (int i = 0; i < size; i++) {
            users.copy(samples[i], rows, i * users.width());
        }
        return new LookalikeBatch(rows, candidates, Arrays.copyOf(choices, size * (negatives + 1)));
    }

    /** The candidate at a place of the pool, appended when it is first named. */
    private int candidate(int place, Random random) {
        if (candidateAt[place] < 0) {
            candidateAt[place] = append(clusters.clusters(place), place, NOBODY, random);
        }
        return candidateAt[place];
    }

    private int append(Clusters candidate, int place, int without, Random random) {
        candidates.add(
                members == 0
                        ? Candidate.frozen(candidate)
                        : new Candidate(candidate, clusters.members(place, without, members, random)));
        return candidates.size() - 1;
    }
}
