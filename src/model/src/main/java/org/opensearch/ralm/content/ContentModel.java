package org.opensearch.ralm.content;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.opensearch.ralm.artifact.ContentForm;
import org.opensearch.ralm.artifact.ModelArtifact;

/**
 * Gives a candidate without seeds a pseudo-seed: a vector of the look-alike space, of length 1, where the seeds of
 * candidates of such content lie.
 *
 * <p>Linear in the features: v = Σ w_i x_i + b over {@link ContentFeatures}, scaled to length 1. Not in the paper, whose
 * authors name a linear model of content for articles without clicks in their talk. Immutable, safe for use by several
 * threads.
 */
public final class ContentModel {

    private final ContentForm form;
    private final float[] weight;
    private final float[] bias;

    /**
     * Takes weights.
     *
     * @param weight B × h values, row after row
     * @param bias h values
     */
    public ContentModel(ContentForm form, float[] weight, float[] bias) {
        if (weight.length != (long) form.buckets() * bias.length) {
            throw new IllegalArgumentException(form.buckets() + " buckets of dimension " + bias.length + " need "
                    + (long) form.buckets() * bias.length + " weights, but there are " + weight.length);
        }
        this.form = form;
        this.weight = weight;
        this.bias = bias;
    }

    /** The content model of a checked artifact; empty if it has none. */
    public static Optional<ContentModel> of(ModelArtifact artifact) {
        return Optional.ofNullable(artifact.manifest().content())
                .map(form -> new ContentModel(
                        form,
                        artifact.tensor("content.weight").values(),
                        artifact.tensor("content.bias").values()));
    }

    /** How content becomes features. */
    public ContentForm form() {
        return form;
    }

    /** The bytes its weights take in memory. */
    public long memoryBytes() {
        return (long) Float.BYTES * (weight.length + bias.length);
    }

    /**
     * The pseudo-seed of a candidate, h values.
     *
     * @param content the values of fields by their names; fields that the model does not know are not looked at
     * @return empty if nothing is known of the candidate, or its vector is zero and has no direction
     */
    public Optional<float[]> pseudoSeed(Map<String, ? extends Collection<String>> content) {
        return pseudoSeed(ContentFeatures.of(form, content));
    }

    /** The pseudo-seed of a candidate of these features; empty as {@link #pseudoSeed(Map)} says. */
    public Optional<float[]> pseudoSeed(ContentFeatures features) {
        if (features.size() == 0) {
            return Optional.empty();
        }
        double[] vector = new double[bias.length];
        double squares = 0;
        for (int d = 0; d < vector.length; d++) {
            vector[d] = bias[d];
            for (int i = 0; i < features.size(); i++) {
                vector[d] += (double) features.weights()[i] * weight[features.buckets()[i] * bias.length + d];
            }
            squares += vector[d] * vector[d];
        }
        return squares > 0 ? Optional.of(scaled(vector, 1 / Math.sqrt(squares))) : Optional.empty();
    }

    private static float[] scaled(double[] vector, double factor) {
        float[] scaled = new float[vector.length];
        for (int d = 0; d < vector.length; d++) {
            scaled[d] = (float) (vector[d] * factor);
        }
        return scaled;
    }
}
