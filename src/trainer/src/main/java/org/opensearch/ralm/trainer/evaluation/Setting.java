package org.opensearch.ralm.trainer.evaluation;

import java.util.List;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.TrainingOptions;

/**
 * What is the same for all contenders and random seeds.
 *
 * @param dataset   the data
 * @param seeds     its items' clicks
 * @param protocol  how cases are made
 * @param maxUsers  at most so many users of a block are tested, drawn at random, the same for all
 * @param options   how RALM is trained, its seed being the first random seed
 * @param paperHead how the paper's form of the head is trained on the same representation
 */
public record Setting(
        Dataset dataset,
        SeedIndex seeds,
        Protocol protocol,
        int maxUsers,
        TrainingOptions options,
        LookalikeOptions paperHead) {

    /**
     * The test cases of a split.
     *
     * @throws IllegalArgumentException if there is none
     */
    public List<TestBlock> blocks(TimeSplit split) {
        return protocol.requiredTestBlocks(dataset, seeds, split).stream()
                .map(block -> block.ofRandomUsers(maxUsers, protocol.seed()))
                .toList();
    }
}
