package org.opensearch.ralm.trainer.simulation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.evaluation.LookalikeScorer;
import org.opensearch.ralm.trainer.training.TrainedModel;

/** Look-alike: γ·score + w·log(recent clicks + 1/2) for candidates that have enough seeds. */
final class LookalikeChannel implements Channel {
    private final TrainedModel trained;
    private final double popularityWeight;

    LookalikeChannel(TrainedModel trained, double popularityWeight) {
        this.trained = trained;
        this.popularityWeight = popularityWeight;
    }

    @Override
    public float[][] score(Snapshot snapshot, int[] users) {
        int[] places = IntStream.range(0, snapshot.candidates().length)
                .filter(place -> snapshot.seeds().seedCount(snapshot.candidates()[place], snapshot.time())
                        >= trained.options().minSeeds())
                .toArray();
        float[] similarities = similarities(snapshot, users, places);
        double[] popularity = snapshot.logPopularity();
        double gamma = trained.artifact().manifest().calibration().gamma();
        float[][] scores = new float[users.length][snapshot.candidates().length];
        for (int row = 0; row < users.length; row++) {
            Arrays.fill(scores[row], Float.NaN);
            for (int i = 0; i < places.length; i++) {
                double similarity = similarities[row * places.length + i];
                scores[row][places[i]] = (float) (gamma * similarity + popularityWeight * popularity[places[i]]);
            }
        }
        return scores;
    }

    private float[] similarities(Snapshot snapshot, int[] users, int[] places) {
        IdLists.Builder candidates = new IdLists.Builder();
        long[] times = new long[users.length];
        for (int row = 0; row < users.length; row++) {
            for (int place : places) {
                candidates.add(snapshot.candidates()[place]);
            }
            candidates.endRow();
            times[row] = snapshot.time();
        }
        TrainedModel onClicks = new TrainedModel(
                trained.artifact(),
                trained.model(),
                trained.embedder().on(snapshot.clicks()),
                trained.options(),
                trained.curve());
        Block moment = new Block(snapshot.time(), snapshot.time() + 1, 0, 0);
        return new LookalikeScorer(onClicks, snapshot.seeds(), snapshot.clicks())
                .score(moment, users, times, candidates.build());
    }
}
