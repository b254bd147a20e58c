package org.opensearch.ralm.trainer.synthetic;

import java.util.Random;

/** Non-negative weights that are filled in turn, to draw positions in proportion to them; reusable. */
final class Weights {
    private final double[] cumulative;
    private int size;

    Weights(int capacity) {
        cumulative = new double[capacity];
    }

    void clear() {
        size = 0;
    }

    void add(double weight) {
        cumulative[size] = total() + weight;
        size++;
    }

    double total() {
        return size == 0 ? 0 : cumulative[size - 1];
    }

    /** A position in proportion to its weight; the total must be above 0. */
    int draw(Random random) {
        double target = random.nextDouble() * total();
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > target) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
