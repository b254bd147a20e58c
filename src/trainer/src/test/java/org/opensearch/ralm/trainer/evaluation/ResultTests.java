package org.opensearch.ralm.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.SeedIndex;

final class ResultTests {

    private final Result result = new Result("model");

    @Test
    void meanAndDeviationAreThoseOfASample() {
        for (double auc : new double[] {0.6, 0.7, 0.65}) {
            add(auc);
        }
        assertEquals(3, result.seeds());
        assertEquals(0.65, result.mean(Metric.AUC), 1e-12);
        assertEquals(0.05, result.sd(Metric.AUC), 1e-12);
        assertEquals(0, result.sd(Metric.PREC_AT_10), 1e-12);
        assertEquals(0.25, result.mean(Metric.PREC_AT_50), 1e-12);
    }

    @Test
    void oneSeedHasNoDeviation() {
        add(0.6);
        assertEquals(0.6, result.mean(Metric.AUC), 1e-12);
        assertTrue(Double.isNaN(result.sd(Metric.AUC)));
    }

    @Test
    void aRemarkIsMadeOnce() {
        result.remark("one");
        result.remark("other");
        result.remark("one");
        assertEquals(List.of("one", "other"), result.remarks());
    }

    private void add(double auc) {
        SeedIndex none = SeedIndex.of(new Events.Builder().build(), 0);
        result.add(new Metric.Observation(
                new Measurement(auc, 0.5, auc, Double.NaN, 0.1, 0.25, 3, 2),
                new Exposures(none, Optional.empty(), Optional.empty())));
    }
}
