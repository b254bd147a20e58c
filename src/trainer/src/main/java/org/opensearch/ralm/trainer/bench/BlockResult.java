package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.ralm.trainer.bench.BlockBench.Bound;

/** What {@link BlockBench} measured. */
public final class BlockResult {

    private static final int[] TOPS = {10, 50, 100};

    /** The shares of the candidates of which it is measured how many of the best they hold. */
    static final double[] RECALLED = {0.1, 0.2, 0.4};

    /** What single precision may add to a score. */
    private static final double ROUNDING = 1e-6;

    private final Map<Bound, List<Skipped>> skipped = new EnumMap<>(Bound.class);
    private final Map<Double, Double> recalled = new TreeMap<>();
    private final Map<Bound, Double> slack = new EnumMap<>(Bound.class);
    private double auc;
    private double quantizedAuc;
    private double overlap;
    private double largestDifference;
    private long searches;
    private long pairs;

    BlockResult() {
        for (Bound bound : Bound.values()) {
            skipped.put(bound, Arrays.stream(TOPS).mapToObj(Skipped::new).toList());
            slack.put(bound, 0.0);
        }
    }

    void auc(double exact, double quantized) {
        this.auc = exact;
        this.quantizedAuc = quantized;
    }

    void quantized(double overlapOfSearch, double largestOfSearch) {
        searches++;
        overlap += overlapOfSearch;
        largestDifference = Math.max(largestDifference, largestOfSearch);
    }

    /**
     * Counts what one search by the global embedding alone finds.
     *
     * @param share of the candidates that it recalls
     * @param overlapOfSearch the share of the best 50 that are among them, or of as many as it recalls
     */
    void recalled(double share, double overlapOfSearch) {
        recalled.merge(share, overlapOfSearch, Double::sum);
    }

    /**
     * Counts the candidates of a search.
     *
     * @throws IllegalStateException if a score is above one of its bounds
     */
    void bounds(double[] scores, double[][] bounds) {
        pairs += scores.length;
        for (Bound bound : Bound.values()) {
            double[] ofBound = bounds[bound.ordinal()];
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] > ofBound[i] + ROUNDING) {
                    throw new IllegalStateException(bound + " " + ofBound[i] + " is below a score of " + scores[i]);
                }
                slack.merge(bound, ofBound[i] - scores[i], Double::sum);
            }
            skipped.get(bound).forEach(top -> top.add(scores, ofBound));
        }
    }

    /** For people. */
    public String toText() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d searches, %,d scores%nint8: AUC %.5f, float32 %.5f; overlap@50 %.4f; scores off by at most %.1e%n"
                        + "share of candidates that a bound spares, knowing the k-th score / in the order of candidates%n"
                        + "%-20s %6s",
                searches,
                pairs,
                quantizedAuc,
                auc,
                overlap / searches,
                largestDifference,
                "",
                "slack"));
        Arrays.stream(TOPS).forEach(top -> text.append(String.format(Locale.ROOT, " %15s", "top " + top)));
        for (Bound bound : Bound.values()) {
            text.append(String.format(Locale.ROOT, "%n%-20s %6.3f", name(bound), slack.get(bound) / pairs));
            skipped.get(bound)
                    .forEach(top ->
                            text.append(String.format(Locale.ROOT, " %6.3f / %6.3f", top.knowing(), top.inOrder())));
        }
        recalled.forEach((share, sum) -> text.append(String.format(
                Locale.ROOT,
                "%nthe nearest %.0f %% by the global embedding alone hold %.4f of the best 50",
                100 * share,
                sum / searches)));
        return text.toString();
    }

    /** For machines. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("searches", searches).put("scores", pairs);
        json.putObject("int8")
                .put("auc", quantizedAuc)
                .put("auc_float32", auc)
                .put("overlap_at_50", overlap / searches)
                .put("largest_difference", largestDifference);
        ObjectNode ofShares = json.putObject("recalled_of_best_50");
        recalled.forEach((share, sum) -> ofShares.put(share.toString(), sum / searches));
        ObjectNode spared = json.putObject("spared");
        for (Bound bound : Bound.values()) {
            ObjectNode ofBound = spared.putObject(name(bound)).put("mean_slack", slack.get(bound) / pairs);
            skipped.get(bound).forEach(top -> ofBound.putObject("top_" + top.top())
                    .put("knowing", top.knowing())
                    .put("in_order", top.inOrder()));
        }
        return json;
    }

    private static String name(Bound bound) {
        return bound.name().toLowerCase(Locale.ROOT);
    }
}
