package org.opensearch.ralm.plugin.exposure;

import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.util.BytesRef;
import org.opensearch.test.OpenSearchTestCase;

public class ExposureThresholdsTests extends OpenSearchTestCase {

    private static final double ROUNDING = 1e-6;

    /** Of 4 scores the p-th percentile lies at place p/100 · 5: the 20th is the first, the 50th between two and three. */
    public void testPercentilesAreThoseWorkedOutByHand() {
        ExposureThresholds thresholds = ExposureThresholds.of(7, new double[] {0.4, -0.2, 0.8, 0.1});
        assertEquals(4, thresholds.users());
        assertEquals(-0.2, thresholds.lowest(99), ROUNDING);
        assertEquals(-0.2, thresholds.lowest(80), ROUNDING);
        assertEquals(0.1, thresholds.lowest(60), ROUNDING);
        assertEquals(0.25, thresholds.lowest(50), ROUNDING);
        assertEquals(0.4, thresholds.lowest(40), ROUNDING);
        assertEquals(0.6, thresholds.lowest(30), ROUNDING);
        assertEquals(0.8, thresholds.lowest(20), ROUNDING);
        assertEquals(0.8, thresholds.lowest(0.001), ROUNDING);
    }

    /** Even when his score is computed by another kernel, and whichever way a float32 is rounded. */
    public void testWhoSetsAThresholdReachesIt() {
        for (int round = 0; round < 1_000; round++) {
            double score = 2 * randomDouble() - 1;
            ExposureThresholds thresholds = ExposureThresholds.of(7, new double[] {score});
            assertTrue("score " + score, score - 5e-7 >= thresholds.admitting(5));
        }
    }

    public void testSharesBetweenTwoPercentilesAreInterpolated() {
        double[] scores = new double[199];
        for (int s = 0; s < scores.length; s++) {
            scores[s] = s + 1;
        }
        ExposureThresholds thresholds = ExposureThresholds.of(7, scores);
        assertEquals(190, thresholds.lowest(5), 1e-4);
        assertEquals(191, thresholds.lowest(4.5), 1e-4);
        assertEquals(199, thresholds.lowest(0.5), 0.5);
    }

    public void testEverybodyIsInTheTopHundredPercent() {
        assertEquals(
                Double.NEGATIVE_INFINITY,
                ExposureThresholds.of(7, new double[] {0.5}).lowest(100),
                0);
        assertEquals(0.5, ExposureThresholds.of(7, new double[] {0.5}).lowest(99.999), ROUNDING);
    }

    public void testOnlyThresholdsOfTheModelAndOfThisVersionCount() {
        BytesRef bytes = ExposureThresholds.of(7, new double[] {0.5}).bytes();
        assertTrue(new ExposureThresholds(bytes).isOf(7));
        assertFalse(new ExposureThresholds(bytes).isOf(8));
        assertFalse(new ExposureThresholds(new BytesRef(bytes.bytes, 0, bytes.length - 1)).isOf(7));
        assertFalse(new ExposureThresholds(new BytesRef()).isOf(7));
        byte[] next = bytes.bytes.clone();
        next[0]++;
        assertFalse(new ExposureThresholds(new BytesRef(next)).isOf(7));
    }

    public void testTheyAreReadWhereverTheyLieInTheirArray() {
        ExposureThresholds thresholds = ExposureThresholds.of(7, new double[] {0.1, 0.2, 0.3});
        byte[] shifted = new byte[thresholds.bytes().length + 3];
        System.arraycopy(thresholds.bytes().bytes, 0, shifted, 3, thresholds.bytes().length);
        ExposureThresholds read = new ExposureThresholds(new BytesRef(shifted, 3, thresholds.bytes().length));
        assertTrue(read.isOf(7));
        assertEquals(3, read.users());
        assertEquals(thresholds.lowest(30), read.lowest(30), 0);
    }

    public void testADocumentKeepsThem() {
        ExposureThresholds thresholds = ExposureThresholds.of(7, new double[] {0.1, 0.2, 0.3});
        Map<String, Object> object = new HashMap<>();
        ExposureField.put(object, thresholds);
        assertEquals(thresholds, ExposureField.in(object));
        assertEquals(0.3f, object.get(ExposureField.TOP_5_PERCENT));
        ExposureField.remove(object);
        assertEquals(Map.of(), object);
        assertNull(ExposureField.in(object));
    }
}
