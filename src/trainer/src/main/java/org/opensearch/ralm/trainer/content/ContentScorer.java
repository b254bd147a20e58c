package org.opensearch.ralm.trainer.content;

import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.content.ContentModel;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.training.TrainedModel;

/**
 * Scores candidates by their pseudo-seed alone, as if none had seeds: the cosine with the user's look-alike vector, 0
 * where nothing is known of the candidate. Safe for use by several threads.
 */
public final class ContentScorer implements Scorer {

    private final TrainedModel trained;
    private final float[][] pseudoSeeds;

    private ContentScorer(TrainedModel trained, float[][] pseudoSeeds) {
        this.trained = trained;
        this.pseudoSeeds = pseudoSeeds;
    }

    static ContentScorer of(TrainedModel trained, ContentModel model, ItemContent content, int items) {
        float[][] pseudoSeeds = new float[items][];
        for (int item = 0; item < items; item++) {
            pseudoSeeds[item] = model.pseudoSeed(content.features(item)).orElse(null);
        }
        return new ContentScorer(trained, pseudoSeeds);
    }

    /**
     * Trains a content model for a look-alike model. Where the dataset knows too little of its items to learn from, all
     * scores are 0.
     *
     * @param seeds the items' seeds
     * @param to first event that is not learned from
     */
    public static ContentScorer train(Dataset dataset, SeedIndex seeds, TrainedModel trained, int to) {
        int items = dataset.items().size();
        if (dataset.itemAttributes().isEmpty()) {
            return new ContentScorer(trained, new float[items][]);
        }
        ItemContent content = ItemContent.of(dataset, 0, trained.model().dimension());
        long time = dataset.events().time(to - 1) + 1;
        return new ContentTrainer(dataset, seeds, trained, content, time)
                .fit(item -> true)
                .map(fit -> of(trained, fit.weights().model(), content, items))
                .orElseGet(() -> new ContentScorer(trained, new float[items][]));
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
        DMatrixRMaj vectors = trained.model().transform(trained.embedder().embed(users, times));
        float[] scores = new float[candidates.ids().length];
        for (int row = 0; row < users.length; row++) {
            for (int position = candidates.start(row); position < candidates.end(row); position++) {
                scores[position] = cosine(vectors, row, pseudoSeeds[candidates.id(position)]);
            }
        }
        return scores;
    }

    private static float cosine(DMatrixRMaj users, int row, float[] seed) {
        if (seed == null) {
            return 0;
        }
        double product = 0;
        double squares = 0;
        for (int d = 0; d < seed.length; d++) {
            double value = users.get(row, d);
            product += value * seed[d];
            squares += value * value;
        }
        return squares == 0 ? 0 : (float) (product / Math.sqrt(squares));
    }
}
