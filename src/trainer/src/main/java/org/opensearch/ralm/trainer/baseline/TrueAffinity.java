package org.opensearch.ralm.trainer.baseline;

import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.evaluation.Contender;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;

/**
 * What made the clicks of a made-up feed, noise aside: the ceiling of its AUC. Immutable, safe for use by several threads.
 *
 * @param feed the feed that the data is
 */
public record TrueAffinity(SyntheticFeed feed) implements Contender, Scorer {

    @Override
    public String name() {
        return "ceiling";
    }

    @Override
    public boolean usesChance() {
        return false;
    }

    @Override
    public Scorer scorer(Experiment experiment) {
        return this;
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
        float[] scores = new float[candidates.ids().length];
        for (int row = 0; row < users.length; row++) {
            for (int position = candidates.start(row); position < candidates.end(row); position++) {
                scores[position] = (float) feed.affinity(users[row], candidates.id(position));
            }
        }
        return scores;
    }
}
