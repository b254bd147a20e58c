package org.opensearch.ralm.trainer.metric;

import java.util.Arrays;

/** Area under the ROC curve: the chance that a clicked sample outscores one not clicked, ties counting one half. */
public final class Auc {

    private Auc() {}

    /**
     * The area over all samples, in [0, 1].
     *
     * @return NaN if there is no clicked or no other sample
     * @throws IllegalArgumentException if the lengths differ or a score is NaN
     */
    public static double pooled(float[] scores, boolean[] clicked) {
        check(scores, clicked);
        return area(scores, clicked, 0, scores.length);
    }

    /**
     * The mean of the users' own areas (GAUC), each user counting once; users whose samples are all clicked or all not
     * clicked have none and are left out.
     *
     * @param users the user of each sample
     * @return NaN if no user is left
     */
    public static double byUser(int[] users, float[] scores, boolean[] clicked) {
        check(scores, clicked);
        if (users.length != scores.length) {
            throw new IllegalArgumentException(scores.length + " scores but " + users.length + " users");
        }
        long[] order = new long[users.length];
        for (int sample = 0; sample < users.length; sample++) {
            order[sample] = (long) users[sample] << 32 | sample;
        }
        Arrays.sort(order);
        float[] sortedScores = new float[users.length];
        boolean[] sortedClicked = new boolean[users.length];
        for (int sample = 0; sample < users.length; sample++) {
            sortedScores[sample] = scores[(int) order[sample]];
            sortedClicked[sample] = clicked[(int) order[sample]];
        }
        double sum = 0;
        int counted = 0;
        for (int start = 0, end; start < order.length; start = end) {
            end = start + 1;
            while (end < order.length && order[end] >> 32 == order[start] >> 32) {
                end++;
            }
            double area = area(sortedScores, sortedClicked, start, end);
            if (!Double.isNaN(area)) {
                sum += area;
                counted++;
            }
        }
        return sum / counted;
    }

    private static double area(float[] scores, boolean[] clicked, int start, int end) {
        float[] positives = select(scores, clicked, start, end, true);
        float[] negatives = select(scores, clicked, start, end, false);
        double wins = 0;
        int below = 0;
        int notAbove = 0;
        for (float positive : positives) {
            while (below < negatives.length && negatives[below] < positive) {
                below++;
            }
            while (notAbove < negatives.length && negatives[notAbove] <= positive) {
                notAbove++;
            }
            wins += 0.5 * below + 0.5 * notAbove;
        }
        return wins / ((double) positives.length * negatives.length);
    }

    private static float[] select(float[] scores, boolean[] clicked, int start, int end, boolean wanted) {
        float[] selected = new float[end - start];
        int size = 0;
        for (int sample = start; sample < end; sample++) {
            if (clicked[sample] == wanted) {
                selected[size++] = scores[sample];
            }
        }
        selected = Arrays.copyOf(selected, size);
        Arrays.sort(selected);
        return selected;
    }

    private static void check(float[] scores, boolean[] clicked) {
        if (scores.length != clicked.length) {
            throw new IllegalArgumentException(scores.length + " scores but " + clicked.length + " labels");
        }
        for (int sample = 0; sample < scores.length; sample++) {
            if (Float.isNaN(scores[sample])) {
                throw new IllegalArgumentException("the score of sample " + sample + " is NaN");
            }
        }
    }
}
