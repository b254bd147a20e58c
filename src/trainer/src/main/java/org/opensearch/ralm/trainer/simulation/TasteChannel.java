package org.opensearch.ralm.trainer.simulation;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.trainer.training.Training;
import org.opensearch.ralm.trainer.training.UserEmbedder;

/**
 * The recommender without look-alike: log(recent clicks + 1/2) + u·x of the representation phase. The products are
 * centred for each user over the candidates that the phase had learned; of the others, born since, only the popularity
 * is known.
 */
final class TasteChannel implements Channel {
    private final UserEmbedder embedder;
    private final DMatrixRMaj itemEmbeddings;
    private final IntPredicate known;

    /**
     * @param known whether an item has a learned embedding
     */
    TasteChannel(UserEmbedder embedder, DMatrixRMaj itemEmbeddings, IntPredicate known) {
        this.embedder = embedder;
        this.itemEmbeddings = itemEmbeddings;
        this.known = known;
    }

    static TasteChannel of(Training training) {
        return new TasteChannel(training.representation(), training.itemEmbeddings(), training::isKnown);
    }

    @Override
    public float[][] score(Snapshot snapshot, int[] users) {
        DMatrixRMaj vectors = embedder.on(snapshot.clicks()).embed(users, snapshot.time());
        double[] popularity = snapshot.logPopularity();
        return IntStream.range(0, users.length)
                .mapToObj(row -> scores(vectors, row, snapshot.candidates(), popularity))
                .toArray(float[][]::new);
    }

    private float[] scores(DMatrixRMaj vectors, int row, int[] candidates, double[] popularity) {
        double[] tastes = new double[candidates.length];
        double sum = 0;
        int count = 0;
        for (int i = 0; i < candidates.length; i++) {
            if (known.test(candidates[i])) {
                tastes[i] = product(vectors, row, candidates[i]);
                sum += tastes[i];
                count++;
            }
        }
        float[] scores = new float[candidates.length];
        for (int i = 0; i < candidates.length; i++) {
            double taste = known.test(candidates[i]) ? tastes[i] - sum / count : 0;
            scores[i] = (float) (popularity[i] + taste);
        }
        return scores;
    }

    private double product(DMatrixRMaj vectors, int row, int item) {
        double product = 0;
        for (int d = 0; d < vectors.numCols; d++) {
            product += vectors.get(row, d) * itemEmbeddings.get(item, d);
        }
        return product;
    }
}
