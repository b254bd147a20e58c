package org.opensearch.ralm.trainer.bench;

import java.util.PriorityQueue;

/** How many candidates a search for the best k could do without scoring, by an upper bound of each. */
final class Skipped {

    private final int top;
    private long candidates;
    private long knowing;
    private long inOrder;

    Skipped(int top) {
        this.top = top;
    }

    /**
     * Counts one search.
     *
     * @param scores of the candidates in the order in which they are visited
     * @param bounds what each score is at most
     */
    void add(double[] scores, double[] bounds) {
        PriorityQueue<Double> best = new PriorityQueue<>();
        for (int i = 0; i < scores.length; i++) {
            if (best.size() == top && bounds[i] <= best.peek()) {
                inOrder++;
            } else {
                best.add(scores[i]);
                if (best.size() > top) {
                    best.poll();
                }
            }
        }
        for (double bound : bounds) {
            knowing += best.size() == top && bound <= best.peek() ? 1 : 0;
        }
        candidates += scores.length;
    }

    int top() {
        return top;
    }

    /** The share that could be skipped by who knew the k-th best score from the start: no order does better. */
    double knowing() {
        return (double) knowing / candidates;
    }

    /** The share skipped in the order of the candidates. */
    double inOrder() {
        return (double) inOrder / candidates;
    }
}
