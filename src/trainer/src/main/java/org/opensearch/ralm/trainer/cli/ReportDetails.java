package org.opensearch.ralm.trainer.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.LookalikeScorer;
import org.opensearch.ralm.trainer.evaluation.Samples;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.network.Merge;
import org.opensearch.ralm.trainer.report.CalibrationBin;
import org.opensearch.ralm.trainer.report.Curve;
import org.opensearch.ralm.trainer.report.FieldAttention;
import org.opensearch.ralm.trainer.report.ScoreBin;
import org.opensearch.ralm.trainer.training.EpochResult;
import org.opensearch.ralm.trainer.training.TrainedModel;
import org.opensearch.ralm.trainer.training.UserEmbedder;

/**
 * What the report shows of RALM beside its figures, as far as an experiment has trained it.
 *
 * @param curves how RALM learned with fields merged by attention and side by side
 * @param fields what the merge layer looks at
 * @param calibration what RALM's probabilities mean
 * @param scores how its scores are spread
 */
record ReportDetails(
        List<Curve> curves, List<FieldAttention> fields, List<CalibrationBin> calibration, List<ScoreBin> scores) {
    private static final String ATTENTION = "attention merge";
    private static final String CONCATENATION = "concatenation";
    private static final int CALIBRATION_BINS = 10;
    private static final int SCORE_BINS = 40;
    /** More users would not change the mean weights of fields. */
    private static final int USERS = 2_000;

    static ReportDetails of(Experiment experiment) {
        Optional<TrainedModel> ralm = experiment.trained("ralm");
        if (ralm.isEmpty()) {
            return new ReportDetails(curves(experiment), List.of(), List.of(), List.of());
        }
        List<TestBlock> blocks = experiment.blocks();
        Samples samples = Samples.of(LookalikeScorer.of(ralm.get(), experiment), blocks);
        Calibration calibration = ralm.get().artifact().manifest().calibration();
        double[] probabilities = IntStream.range(0, samples.scores().length)
                .mapToDouble(sample -> calibration.probability(samples.scores()[sample]))
                .toArray();
        return new ReportDetails(
                curves(experiment),
                fields(ralm.get().embedder(), blocks),
                CalibrationBin.of(probabilities, samples.clicked(), CALIBRATION_BINS),
                ScoreBin.of(samples.scores(), samples.clicked(), SCORE_BINS));
    }

    private static List<Curve> curves(Experiment experiment) {
        Stream<Curve> representations = experiment.trainings().entrySet().stream()
                .map(training -> curve(
                        training.getKey().merge() == Merge.CONCAT ? CONCATENATION : ATTENTION,
                        Curve.Phase.REPRESENTATION,
                        training.getValue().representationCurve()));
        Stream<Curve> lookalikes = Stream.of(
                        experiment.trained("ralm").map(model -> curve(ATTENTION, Curve.Phase.LOOKALIKE, model.curve())),
                        experiment
                                .trained("concat-ralm")
                                .map(model -> curve(CONCATENATION, Curve.Phase.LOOKALIKE, model.curve())))
                .flatMap(Optional::stream);
        return Stream.concat(representations, lookalikes).toList();
    }

    private static Curve curve(String model, Curve.Phase phase, List<EpochResult> rounds) {
        return new Curve(
                model,
                phase,
                rounds.stream()
                        .map(round -> new Curve.Point(
                                round.batches(), round.loss(), round.validationLoss(), round.validationAuc()))
                        .toList());
    }

    /** Of users at the moments of their test cases, spread evenly over all cases; nothing for concatenated fields. */
    private static List<FieldAttention> fields(UserEmbedder embedder, List<TestBlock> blocks) {
        int[] users = blocks.stream()
                .flatMapToInt(block -> IntStream.of(block.users()))
                .toArray();
        long[] times = blocks.stream()
                .flatMapToLong(block -> LongStream.of(block.times()))
                .toArray();
        int stride = (users.length + USERS - 1) / USERS;
        int[] rows = IntStream.range(0, users.length)
                .filter(row -> row % stride == 0)
                .toArray();
        double[][] weights = embedder.fieldWeights(
                IntStream.of(rows).map(row -> users[row]).toArray(),
                IntStream.of(rows).mapToLong(row -> times[row]).toArray());
        return weights[0].length == 0 ? List.of() : FieldAttention.of(embedder.fieldNames(), weights);
    }
}
