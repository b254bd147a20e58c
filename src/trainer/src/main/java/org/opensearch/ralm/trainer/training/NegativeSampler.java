package org.opensearch.ralm.trainer.training;

import java.util.Random;

/** Draws items against clicks. */
interface NegativeSampler {

    /**
     * Draws an item that the user of a click has not clicked, as far as one is found in a bounded number of tries: a
     * user who clicked nearly everything gets one that was.
     *
     * @param event position of the click
     * @param random where chance comes from
     * @return a dense item id
     */
    int draw(int event, Random random);

    /**
     * How likely one try for a click draws an item.
     *
     * @param event position of the click
     * @param item dense item id
     * @return log q, finite
     */
    double logProbability(int event, int item);
}
