package org.opensearch.ralm.plugin.exposure;

import java.util.Random;
import java.util.stream.Stream;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.kernel.KernelParameters;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.test.OpenSearchTestCase;

public class ScoringFingerprintTests extends OpenSearchTestCase {

    private static final float[] USER = {1, 0};

    private static long of(long model, double temperature, double sizeWeight, double alpha, double beta) {
        return ScoringFingerprint.of(new KernelParameters(model, USER, USER, temperature, sizeWeight, alpha, beta));
    }

    public void testItChangesWithWhateverRawScoresDependOn() {
        long distinct = Stream.of(
                        of(7, 5, 1, 0.3, 0.6),
                        of(8, 5, 1, 0.3, 0.6),
                        of(7, Math.nextUp(5.0), 1, 0.3, 0.6),
                        of(7, 5, 0, 0.3, 0.6),
                        of(7, 5, 1, 0.4, 0.6),
                        of(7, 5, 1, 0.3, Math.nextUp(0.6)),
                        of(7, 5, 1, 0.6, 0.3),
                        of(7, 1, 5, 0.3, 0.6))
                .distinct()
                .count();
        assertEquals(8, distinct);
    }

    public void testItIsTheSameForAModelAndForItsUsersAndNotTheModelsOwn() {
        ModelArtifact artifact = TestModels.artifact("m1", 4, LookalikeForm.DEFAULT, new Random(1));
        LookalikeModel model = new LookalikeModel(artifact);
        LookalikeForm form = LookalikeForm.DEFAULT;
        long scoring = ScoringFingerprint.of(model);
        assertEquals(of(model.fingerprint(), form.localTemperature(), form.localSizeWeight(), 0.3, 0.7), scoring);
        assertNotEquals("thresholds of older builds are absent", model.fingerprint(), scoring);
        LookalikeModel other = new LookalikeModel(TestModels.withScoring(artifact, "m1b", 0.3, 0.6));
        assertEquals(model.fingerprint(), other.fingerprint());
        assertNotEquals(scoring, ScoringFingerprint.of(other));
    }

    /** It is stored with thresholds, so it stays what it is. */
    public void testItIsTheSameInEveryBuild() {
        assertEquals(0x7e32e4956e8df1f6L, of(7, 5, 1, 0.3, 0.6));
    }
}
