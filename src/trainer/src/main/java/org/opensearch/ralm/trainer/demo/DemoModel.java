package org.opensearch.ralm.trainer.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.content.ContentTraining;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.training.BlockSeeds;
import org.opensearch.ralm.trainer.training.TrainedModel;
import org.opensearch.ralm.trainer.training.UserSnapshot;

/**
 * One of the models that the demo compares.
 *
 * @param name in the summary; names the directory, too
 * @param trained the model
 * @param users the vectors of all users when the test begins
 */
record DemoModel(String name, TrainedModel trained, UserSnapshot users) {

    static DemoModel of(String name, TrainedModel trained, Dataset dataset, TestBlock block) {
        return new DemoModel(name, trained, new UserSnapshot(block.block().start(), trained, dataset.users()));
    }

    /** The same with a content model, if the items' attributes teach one. */
    DemoModel withContent(Dataset dataset, TimeSplit split) {
        return new ContentTraining(dataset, split, trained, ContentTraining.BUCKETS_BY_VALUES)
                .artifact()
                .map(artifact -> new DemoModel(name, trained.withArtifact(artifact), users))
                .orElse(this);
    }

    /** Writes the users' vectors and the model; the same with their mean. */
    DemoModel write(Path directory) throws IOException {
        return new DemoModel(name, trained.withArtifact(users.write(directory, trained.artifact())), users);
    }

    DemoFeed feed() {
        return new DemoFeed("demo-" + name.replace('_', '-'));
    }

    /**
     * The largest difference between a score of the cluster, (1 + score) / 2, and the one computed here from the same
     * seeds and vectors, over all users of a test block and all its candidates.
     */
    double largestDifference(SearchScorer cluster, Dataset dataset, SeedIndex seeds, TestBlock block) {
        LookalikeModel model = trained.model();
        int[] rows = IntStream.of(block.users()).distinct().toArray();
        DMatrixRMaj vectors = users.vectors(rows);
        DMatrixRMaj queries = model.localQueries(vectors);
        SeedBlock[] blocks = BlockSeeds.of(
                        seeds,
                        trained.embedder(),
                        block.pool(),
                        block.block().start(),
                        trained.options().maxSeeds())
                .seedBlocks(model, dataset, trained.options().clusters());
        double largest = 0;
        for (int place = 0; place < blocks.length; place++) {
            double[] expected = model.scorer(blocks[place]).scores(vectors, queries);
            for (int i = 0; i < rows.length; i++) {
                double actual = cluster.scores(rows[i])[block.pool()[place]];
                largest = Math.max(largest, Math.abs(actual - (1 + expected[i]) / 2));
            }
        }
        return largest;
    }
}
