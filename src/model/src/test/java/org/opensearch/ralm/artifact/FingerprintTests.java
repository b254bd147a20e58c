package org.opensearch.ralm.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opensearch.ralm.artifact.LookalikeForm.Activation;

/** Vectors and seed blocks depend on the weights and on three members of the form, so the fingerprint does, too. */
class FingerprintTests {

    private static final LookalikeForm FORM = new LookalikeForm(Activation.PRELU, true, 5, 1, 1);

    @Test
    void changesWithTheLastBitOfAWeight() {
        ModelManifest manifest = ExampleArtifacts.manifest(FORM, 4, 3, 2);
        Map<String, Tensor> tensors = new TreeMap<>(ExampleArtifacts.tensors(manifest, 1));
        long before = ModelArtifact.of(manifest, tensors).manifest().fingerprint();
        float[] vector = tensors.get("global.vector").values().clone();
        vector[1] = Math.nextUp(vector[1]);
        tensors.put("global.vector", Tensor.vector(vector));

        assertNotEquals(before, ModelArtifact.of(manifest, tensors).manifest().fingerprint());
    }

    @Test
    void changesWithWhatVectorsAndBlocksDependOn() {
        assertNotEquals(fingerprint(FORM), fingerprint(new LookalikeForm(Activation.RELU, true, 5, 1, 1)));
        assertNotEquals(fingerprint(FORM), fingerprint(new LookalikeForm(Activation.PRELU, false, 5, 1, 1)));
        assertNotEquals(fingerprint(FORM), fingerprint(new LookalikeForm(Activation.PRELU, true, 5, 1, 0.5)));
    }

    @Test
    void staysWithTheLocalAttentionsParameters() {
        assertEquals(fingerprint(FORM), fingerprint(new LookalikeForm(Activation.PRELU, true, 1, 0, 1)));
    }

    @ParameterizedTest
    @CsvSource({"id, other", "clusters, 7", "alpha, 0.25", "beta, 0.5", "features, none", "training, none"})
    void staysWithMembersThatVectorsDoNotDependOn(String member, String value) {
        ModelManifest manifest = ExampleArtifacts.manifest(FORM, 4, 3, 2);
        ObjectNode json = manifest.toJson();
        switch (member) {
            case "clusters" -> json.put(member, Integer.parseInt(value));
            case "alpha", "beta" -> json.put(member, Double.parseDouble(value));
            default -> json.put(member, value);
        }

        assertEquals(manifest.fingerprint(), ModelManifest.parse(json).fingerprint());
    }

    @Test
    void doesNotDependOnHowTheChecksumIsWritten() {
        ModelManifest lower = ExampleArtifacts.manifest(FORM, 4, 3, 2).withWeightsSha256("ab".repeat(32));

        assertEquals(
                lower.fingerprint(), lower.withWeightsSha256("AB".repeat(32)).fingerprint());
    }

    private static long fingerprint(LookalikeForm form) {
        return ExampleArtifacts.manifest(form, 4, 3, 2).fingerprint();
    }
}
