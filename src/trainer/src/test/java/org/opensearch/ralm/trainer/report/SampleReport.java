package org.opensearch.ralm.trainer.report;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A report as an evaluation could have made it, with every part. */
final class SampleReport {
    static final Report FULL = new Report(
            "MovieTweetings 100K",
            "ralm evaluate --data movietweetings:data --seeds 3 --report out",
            6_123,
            14,
            72,
            0,
            List.of(
                    row("ralm", 0.6412, 0.6361, 0.0912, 0.2871, 2.9),
                    row("ralm-average", 0.6398, 0.6312, 0.0761, 0.2560, 2.7),
                    row("youtube-dnn", 0.6102, 0.6090, 0.1012, 0.2602, Double.NaN),
                    row("popularity", 0.5312, 0.5343, 0.1592, 0.4282, 1.4)),
            List.of(
                    curve("attention merge", Curve.Phase.REPRESENTATION, 1.62, 0.72),
                    curve("concatenation", Curve.Phase.REPRESENTATION, 1.66, 0.69),
                    curve("attention merge", Curve.Phase.LOOKALIKE, 0.29, 0.64),
                    curve("concatenation", Curve.Phase.LOOKALIKE, 0.30, 0.62)),
            IntStream.of(1, 5, 10, 20, 50, 100)
                    .mapToObj(k ->
                            new SweepPoint(k, 0.643 - 0.03 / k, 0.638 - 0.02 / k, 0.094 - 0.02 / k, 0.290 - 0.04 / k))
                    .toList(),
            List.of(
                    new FieldAttention("watched movies", 0.41, 0.08, 0.92),
                    new FieldAttention("watched genres", 0.33, 0.05, 0.91),
                    new FieldAttention("activity", 0.18, 0.04, 1),
                    new FieldAttention("followed publishers", 0.08, 0.02, 1),
                    new FieldAttention("age band", 0.06, 0.02, 0.9),
                    new FieldAttention("user", 0.04, 0.01, 1)),
            IntStream.range(0, 10)
                    .mapToObj(i -> new CalibrationBin(0.02 + 0.03 * i, 0.01 + 0.034 * i, 6_735))
                    .toList(),
            IntStream.range(0, 40)
                    .mapToObj(i -> new ScoreBin(
                            -1 + i / 20.0,
                            -0.95 + i / 20.0,
                            normal(-0.975 + i / 20.0, 0.35),
                            normal(-0.975 + i / 20.0, 0.1)))
                    .toList(),
            812.4,
            1_934,
            Map.of("representation", 5_400.0, "lookalike", 2_150.0));

    private SampleReport() {}

    private static Row row(String model, double auc, double gauc, double at10, double at50, double tags) {
        Map<String, Double> sd = model.equals("popularity") ? Map.of() : Map.of("auc", 0.004, "gauc", 0.003);
        return new Row(
                model,
                auc,
                gauc,
                auc + 0.01,
                auc - 0.02,
                at10,
                at50,
                0.81,
                4.2,
                tags,
                51_234,
                0.31,
                sd.isEmpty() ? 1 : 3,
                sd);
    }

    private static Curve curve(String model, Curve.Phase phase, double loss, double auc) {
        return new Curve(
                model,
                phase,
                IntStream.rangeClosed(1, 20)
                        .mapToObj(i -> new Curve.Point(100L * i, loss + 0.5 / i, loss + 0.02 + 0.4 / i, auc - 0.12 / i))
                        .toList());
    }

    private static double normal(double score, double mean) {
        return 0.05 / (0.3 * Math.sqrt(2 * Math.PI)) * Math.exp(-Math.pow((score - mean) / 0.3, 2) / 2);
    }
}
