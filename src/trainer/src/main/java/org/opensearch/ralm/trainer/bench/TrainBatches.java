package org.opensearch.ralm.trainer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.representation.FieldRows;
import org.opensearch.ralm.trainer.network.LookalikeBatch;
import org.opensearch.ralm.trainer.network.LookalikeBatch.Candidate;
import org.opensearch.ralm.trainer.network.RepresentationBatch;

/**
 * Batches with something to learn: users and items belong to groups, users read and click what belongs to theirs. Equal
 * numbers give equal batches.
 *
 * @param items how many items there are
 * @param size samples of a batch
 * @param width of universal embeddings and look-alike vectors
 */
record TrainBatches(int items, int size, int width) {

    static final int NEGATIVES = 10;
    static final int CLUSTERS = 20;

    /** Rows of the second field's table. */
    static final int TAGS = 1_000;

    private static final int GROUPS = 50;
    private static final int READ = 20;
    private static final int FOLLOWED = 4;
    private static final int CANDIDATES = 150;

    /** Users with what they read and the tags they follow; a clicked item and its negatives. */
    RepresentationBatch representation(int number) {
        Random random = new Random(number);
        int[] groups = random.ints(size, 0, GROUPS).toArray();
        int[] choices = new int[size * (NEGATIVES + 1)];
        for (int i = 0; i < choices.length; i++) {
            boolean clicked = i % (NEGATIVES + 1) == 0;
            choices[i] = clicked ? ofGroup(groups[i / (NEGATIVES + 1)], items, random) : random.nextInt(items);
        }
        return new RepresentationBatch(
                List.of(field(groups, READ, items, random), field(groups, FOLLOWED, TAGS, random)),
                choices,
                new float[0]);
    }

    /** Users, and candidates whose centroids lie around the places of their groups. */
    LookalikeBatch lookalike(int number) {
        Random random = new Random(number);
        List<Candidate> candidates = new ArrayList<>();
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            float[] centroids = new float[CLUSTERS * width];
            for (int cluster = 0; cluster < CLUSTERS; cluster++) {
                place(candidate % GROUPS, random, centroids, cluster * width);
            }
            candidates.add(Candidate.frozen(
                    new Clusters(width, centroids, random.ints(CLUSTERS, 1, 13).toArray())));
        }
        float[] users = new float[size * width];
        int[] choices = new int[size * (NEGATIVES + 1)];
        for (int user = 0; user < size; user++) {
            int clicked = random.nextInt(CANDIDATES);
            place(clicked % GROUPS, random, users, user * width);
            choices[user * (NEGATIVES + 1)] = clicked;
            for (int negative = 1; negative <= NEGATIVES; negative++) {
                choices[user * (NEGATIVES + 1) + negative] = random.nextInt(CANDIDATES);
            }
        }
        return new LookalikeBatch(users, candidates, choices);
    }

    private FieldRows field(int[] groups, int each, int rows, Random random) {
        int[] offsets = new int[groups.length + 1];
        int[] ids = new int[groups.length * each];
        float[] weights = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ofGroup(groups[i / each], rows, random);
            weights[i] = 1f / each;
            offsets[i / each + 1] = i + 1;
        }
        return new FieldRows(offsets, ids, weights);
    }

    /** One of a group's items, the first ones more often. */
    private static int ofGroup(int group, int rows, Random random) {
        int place = (int) (rows / GROUPS * Math.pow(random.nextDouble(), 3));
        return place * GROUPS + group;
    }

    /** The place of a group, and something random as long as it. */
    private void place(int group, Random random, float[] out, int at) {
        Random ofGroup = new Random(group);
        for (int d = 0; d < width; d++) {
            out[at + d] = (float) ((ofGroup.nextGaussian() + random.nextGaussian()) / Math.sqrt(2.0 * width));
        }
    }
}
