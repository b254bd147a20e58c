package org.opensearch.ralm.trainer.evaluation;

/**
 * prec@K, equation (12) of the paper: the share of a user's clicked items among the K best scored, out of
 * min(K, clicked items), averaged over users. Collects one ranking after the other; not thread-safe.
 */
public final class PrecisionAtK implements RankingMetric {
    private final int k;
    private double sum;
    private int rankings;

    /**
     * @param k length of the ranking that counts, at least 1
     */
    public PrecisionAtK(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("K must be 1 or more, got " + k);
        }
        this.k = k;
    }

    @Override
    public void add(Ranking ranking) {
        add(ranking.scores(), ranking.clicked(), 0, ranking.items().length);
    }

    /**
     * Adds the ranking of one user's candidates {@code [start, end)}; higher scores come first, of equal ones the
     * earlier. A user who clicked none of them does not count.
     */
    public void add(float[] scores, boolean[] clicked, int start, int end) {
        int relevant = 0;
        int hits = 0;
        for (int candidate = start; candidate < end; candidate++) {
            if (clicked[candidate]) {
                relevant++;
                hits += rank(scores, candidate, start, end) < k ? 1 : 0;
            }
        }
        if (relevant > 0) {
            sum += (double) hits / Math.min(k, relevant);
            rankings++;
        }
    }

    /** The mean over the rankings added, in [0, 1]; NaN if there is none. */
    public double mean() {
        return sum / rankings;
    }

    /** How many rankings counted. */
    public int rankings() {
        return rankings;
    }

    private static int rank(float[] scores, int candidate, int start, int end) {
        int rank = 0;
        for (int other = start; other < end; other++) {
            boolean tied = scores[other] == scores[candidate] && other < candidate;
            rank += scores[other] > scores[candidate] || tied ? 1 : 0;
        }
        return rank;
    }
}
