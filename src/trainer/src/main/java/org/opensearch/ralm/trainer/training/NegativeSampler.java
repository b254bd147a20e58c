package org.opensearch.ralm.trainer.training;

import java.util.Random;

/** Draws items against clicks. */
@FunctionalInterface
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
}
