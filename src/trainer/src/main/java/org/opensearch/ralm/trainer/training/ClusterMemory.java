package org.opensearch.ralm.trainer.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.lookalike.LookalikeModel;

/**
 * The cluster that each seed of some blocks was in when it was last clustered: the next clustering of a block begins
 * from the means of these clusters under the model of that time. Not safe for use by several threads.
 */
final class ClusterMemory {

    private final String name;
    private final List<BlockSeeds> blocks;
    private final int[][][] assignments;

    /**
     * @param name tells the memories of one training apart
     * @param blocks the blocks, empty of memories at first
     */
    ClusterMemory(String name, List<BlockSeeds> blocks) {
        this.name = name;
        this.blocks = List.copyOf(blocks);
        this.assignments = new int[blocks.size()][][];
    }

    /** Clusters the seeds of a block in a model's look-alike space and remembers the outcome. */
    SeedClusters cluster(int block, LookalikeModel model, int clusters) {
        SeedClusters found = blocks.get(block).cluster(model, clusters, assignments[block]);
        assignments[block] = found.assignments();
        return found;
    }

    /** What is remembered, a tensor for each block that has been clustered; assignments are exact in float32. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int block = 0; block < assignments.length; block++) {
            if (assignments[block] != null) {
                state.put(tensorName(block), Tensor.vector(flat(assignments[block])));
            }
        }
        return state;
    }

    /**
     * Takes up what was remembered before.
     *
     * @throws InvalidArtifactException if it is of other blocks
     */
    void restore(Map<String, Tensor> state) {
        for (int block = 0; block < assignments.length; block++) {
            Tensor tensor = state.get(tensorName(block));
            assignments[block] = tensor == null ? null : nested(tensor.values(), block);
        }
    }

    private String tensorName(int block) {
        return "clusters." + name + "." + block;
    }

    private static float[] flat(int[][] nested) {
        float[] flat =
                new float[Arrays.stream(nested).mapToInt(row -> row.length).sum()];
        int size = 0;
        for (int[] row : nested) {
            for (int value : row) {
                flat[size++] = value;
            }
        }
        return flat;
    }

    private int[][] nested(float[] flat, int block) {
        int[][] nested = new int[blocks.get(block).pool().length][];
        int position = 0;
        for (int place = 0; place < nested.length; place++) {
            nested[place] = new int[blocks.get(block).seedCount(place)];
            requireLength(block, flat, position + nested[place].length);
            for (int seed = 0; seed < nested[place].length; seed++) {
                nested[place][seed] = (int) flat[position++];
            }
        }
        return nested;
    }

    private void requireLength(int block, float[] flat, int least) {
        if (flat.length < least) {
            throw new InvalidArtifactException("checkpoint: tensor [" + tensorName(block) + "] has " + flat.length
                    + " values, fewer than the block has seeds");
        }
    }
}
