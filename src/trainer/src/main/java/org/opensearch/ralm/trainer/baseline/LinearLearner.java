package org.opensearch.ralm.trainer.baseline;

import java.util.function.IntFunction;

/** Learns an item's linear model from the seeds it has at a moment. */
interface LinearLearner {

    /** The encoding of users that the models are made for. */
    MultiHot encoding();

    /**
     * Looks at all users as of a moment.
     *
     * @return makes the model of an item of what is known strictly before the moment; safe for use by several threads
     */
    IntFunction<LinearModel> at(long time);
}
