package org.opensearch.ralm.trainer.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.lookalike.SeedScorer;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.training.BlockSeeds;
import org.opensearch.ralm.trainer.training.TrainedModel;

/**
 * Scores by a look-alike model: users as they are just before the moment, candidates by the clusters of the seeds they
 * had at the block's start. Keeps the seed blocks of the block it was last asked about; not safe for use by several
 * threads.
 */
public final class LookalikeScorer implements Scorer {

    private final TrainedModel trained;
    private final SeedIndex seeds;
    private final Dataset dataset;
    private Block prepared;
    private SeedBlock[] candidates;

    /**
     * Scores with a model.
     *
     * @param seeds the candidates' seeds
     * @param dataset knows the names of candidates and seeds
     */
    public LookalikeScorer(TrainedModel trained, SeedIndex seeds, Dataset dataset) {
        this.trained = trained;
        this.seeds = seeds;
        this.dataset = dataset;
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists pools) {
        prepare(block);
        LookalikeModel model = trained.model();
        DMatrixRMaj vectors = model.transform(trained.embedder().embed(users, times));
        DMatrixRMaj queries = model.localQueries(vectors);
        float[] scores = new float[pools.ids().length];
        askedFor(pools).entrySet().parallelStream().forEach(entry -> {
            int[] positions =
                    entry.getValue().stream().mapToInt(Integer::intValue).toArray();
            int[] rows = IntStream.of(positions)
                    .map(position -> rowOf(pools, position))
                    .toArray();
            SeedScorer scorer = model.scorer(candidates[entry.getKey()]);
            double[] scored = scorer.scores(select(vectors, rows), select(queries, rows));
            for (int i = 0; i < positions.length; i++) {
                scores[positions[i]] = (float) scored[i];
            }
        });
        return scores;
    }

    private void prepare(Block block) {
        if (block.equals(prepared)) {
            return;
        }
        int[] pool = IntStream.range(0, seeds.items())
                .filter(item -> seeds.seedCount(item, block.start())
                        >= trained.options().minSeeds())
                .toArray();
        SeedBlock[] blocks = new SeedBlock[seeds.items()];
        SeedBlock[] ofPool = BlockSeeds.of(
                        seeds,
                        trained.embedder(),
                        pool,
                        block.start(),
                        trained.options().maxSeeds())
                .seedBlocks(trained.model(), dataset, trained.options().clusters());
        for (int place = 0; place < pool.length; place++) {
            blocks[pool[place]] = ofPool[place];
        }
        candidates = blocks;
        prepared = block;
    }

    /** For each item, the positions at which it is a candidate. */
    private static Map<Integer, List<Integer>> askedFor(IdLists pools) {
        Map<Integer, List<Integer>> positions = new HashMap<>();
        for (int position = 0; position < pools.ids().length; position++) {
            positions
                    .computeIfAbsent(pools.id(position), item -> new ArrayList<>())
                    .add(position);
        }
        return positions;
    }

    private static int rowOf(IdLists lists, int position) {
        int low = 0;
        int high = lists.rows() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lists.end(middle) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static DMatrixRMaj select(DMatrixRMaj matrix, int[] rows) {
        DMatrixRMaj selected = new DMatrixRMaj(rows.length, matrix.numCols);
        for (int i = 0; i < rows.length; i++) {
            CommonOps_DDRM.extract(matrix, rows[i], rows[i] + 1, 0, matrix.numCols, selected, i, 0);
        }
        return selected;
    }
}
