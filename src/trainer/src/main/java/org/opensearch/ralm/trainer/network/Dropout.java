package org.opensearch.ralm.trainer.network;

import java.util.SplittableRandom;

/**
 * Inverted dropout of a layer's inputs. Draws are a function of the seed and the number of values drawn before. Not safe
 * for use by several threads.
 */
final class Dropout {

    /** Drops nothing. */
    static final Dropout NONE = new Dropout(0, 0);

    private final double share;
    private final SplittableRandom random;

    /**
     * @param share of the values to drop, in [0, 1)
     * @param seed of the draws
     */
    Dropout(double share, long seed) {
        this.share = share;
        this.random = new SplittableRandom(seed);
    }

    /** A copy with dropped values, the others being scaled up; the values themselves where nothing is dropped. */
    float[] of(float[] values) {
        if (share == 0) {
            return values;
        }
        float scale = (float) (1 / (1 - share));
        float[] kept = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            kept[i] = random.nextDouble() < share ? 0 : values[i] * scale;
        }
        return kept;
    }
}
