package org.opensearch.ralm.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.trainer.network.LookalikeBatch;

/**
 * Collects the samples of a batch and the distinct candidates they name, so that what depends on a candidate alone is
 * computed once. Not safe for use by several threads.
 */
final class BatchAssembly {

    private final BlockSamples block;
    private final SeedClusters clusters;
    private final int[] samples;
    private final int[] choices;
    private final int negatives;
    private final List<Clusters> candidates = new ArrayList<>();
    private final int[] candidateAt;
    private int size;

    /**
     * @param clusters of the block's seeds
     * @param negatives candidates to draw against each click
     * @param capacity how many samples may be added
     */
    BatchAssembly(BlockSamples block, SeedClusters clusters, int negatives, int capacity) {
        this.block = block;
        this.clusters = clusters;
        this.negatives = negatives;
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
        Optional<Clusters> clicked = clusters.without(positive, block.users()[sample]);
        int[] drawn = block.negatives(sample, negatives, random);
        if (clicked.isEmpty() || drawn.length < negatives) {
            return;
        }
        int at = size * (negatives + 1);
        choices[at] = clicked.get() == clusters.clusters(positive) ? candidate(positive) : append(clicked.get());
        for (int negative : drawn) {
            choices[++at] = candidate(negative);
        }
        samples[size++] = sample;
    }

    LookalikeBatch batch() {
        int width = block.universal().numCols;
        float[] users = new float[size * width];
        for (int i = 0; i < users.length; i++) {
            users[i] = (float) block.universal().data[samples[i / width] * width + i % width];
        }
        return new LookalikeBatch(users, candidates, Arrays.copyOf(choices, size * (negatives + 1)));
    }

    /** The candidate at a place of the pool, appended when it is first named. */
    private int candidate(int place) {
        if (candidateAt[place] < 0) {
            candidateAt[place] = append(clusters.clusters(place));
        }
        return candidateAt[place];
    }

    private int append(Clusters candidate) {
        candidates.add(candidate);
        return candidates.size() - 1;
    }
}
