package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KMeansComparisonTests {

    @Test
    void bothFindTheClustersThatThereAre() {
        // Each user ten times: whoever clusters well leaves no distance.
        float[] distinct = new BenchModel().users(BenchModel.CLUSTERS);
        float[] points = new float[10 * distinct.length];
        for (int copy = 0; copy < 10; copy++) {
            System.arraycopy(distinct, 0, points, copy * distinct.length, distinct.length);
        }
        KMeansRatio ratio = KMeansComparison.of(points);
        assertEquals(9, ratio.ours().size());
        assertEquals(9, ratio.library().size());
        for (KMeansRatio.Run run :
                Stream.of(ratio.ours(), ratio.library()).flatMap(List::stream).toList()) {
            assertTrue(run.seconds() > 0);
            assertEquals(0, run.inertia(), 1e-6);
        }
    }
}
