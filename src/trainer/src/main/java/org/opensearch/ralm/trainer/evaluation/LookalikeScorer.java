package org.opensearch.ralm.trainer.evaluation;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.lookalike.SeedScorer;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.training.BlockSeeds;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
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
    private final Encoding encoding;
    private Block prepared;
    private SeedBlock[] seedBlocks;

    /**
     * Scores with a model.
     *
     * @param seeds the candidates' seeds
     * @param dataset knows the names of candidates and seeds
     */
    public LookalikeScorer(TrainedModel trained, SeedIndex seeds, Dataset dataset) {
        this(trained, seeds, dataset, Encoding.FLOAT32);
    }

    private LookalikeScorer(TrainedModel trained, SeedIndex seeds, Dataset dataset, Encoding encoding) {
        this.trained = trained;
        this.seeds = seeds;
        this.dataset = dataset;
        this.encoding = encoding;
    }

    /** Scores with a model in an experiment. */
    public static LookalikeScorer of(TrainedModel trained, Experiment experiment) {
        Setting setting = experiment.setting();
        return new LookalikeScorer(trained, setting.seeds(), setting.dataset());
    }

    /** The same on blocks that were stored in an encoding, with what that loses. */
    public LookalikeScorer stored(Encoding encoding) {
        return new LookalikeScorer(trained, seeds, dataset, encoding);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a candidate had fewer seeds than the model was trained to need
     */
    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
        prepare(block);
        LookalikeModel model = trained.model();
        DMatrixRMaj vectors = model.transform(trained.embedder().embed(users, times));
        DMatrixRMaj queries = model.localQueries(vectors);
        CandidateRows rows = new CandidateRows(candidates, seeds.items());
        float[] scores = new float[rows.size()];
        Arrays.stream(askedFor(rows)).parallel().forEach(item -> {
            int[] positions = rows.positions(item);
            int[] ofUsers = Arrays.stream(positions).map(rows::row).toArray();
            SeedScorer scorer = model.scorer(seedBlocks[item]);
            double[] scored = scorer.scores(select(vectors, ofUsers), select(queries, ofUsers));
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
        LookalikeOptions options = trained.options();
        int[] pool = dataset.timing().pool(seeds, options.minSeeds(), block.start());
        SeedBlock[] ofPool = BlockSeeds.of(seeds, trained.embedder(), pool, block.start(), options.maxSeeds())
                .seedBlocks(trained.model(), dataset, options.clusters());
        seedBlocks = new SeedBlock[seeds.items()];
        for (int place = 0; place < pool.length; place++) {
            seedBlocks[pool[place]] = SeedBlockCodec.decode(SeedBlockCodec.encode(ofPool[place], encoding));
        }
        prepared = block;
    }

    private int[] askedFor(CandidateRows rows) {
        int[] items = rows.items();
        for (int item : items) {
            if (seedBlocks[item] == null) {
                throw new IllegalArgumentException("item [" + dataset.items().name(item) + "] has "
                        + seeds.seedCount(item, prepared.start()) + " seeds before the block, but the model needs "
                        + "[min_seeds] " + trained.options().minSeeds()
                        + (dataset.timing().poolHours() == 0
                                ? ""
                                : " of the last " + dataset.timing().poolHours() + " hours"));
            }
        }
        return items;
    }

    private static DMatrixRMaj select(DMatrixRMaj matrix, int[] rows) {
        DMatrixRMaj selected = new DMatrixRMaj(rows.length, matrix.numCols);
        for (int i = 0; i < rows.length; i++) {
            CommonOps_DDRM.extract(matrix, rows[i], rows[i] + 1, 0, matrix.numCols, selected, i, 0);
        }
        return selected;
    }
}
