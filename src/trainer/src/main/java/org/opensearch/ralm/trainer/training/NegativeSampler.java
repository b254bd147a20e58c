package org.opensearch.ralm.trainer.training;

import java.util.Random;

/** Draws items against clicks. */
@FunctionalInterface
interface NegativeSampler {

    /**
     * Draws an item that the user of a click has not clicked.
     *
     * @param event position of the click
     * @param random where chance comes from
     * @return a dense item id
     */
    int draw(int event, Random random);
}
