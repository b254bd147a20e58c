package org.opensearch.ralm.artifact;

/**
 * Which form of the look-alike head a model has: the paper's, or the size-aware, tempered, spherical default.
 *
 * @param activation of the transform
 * @param unitLength whether look-alike vectors are scaled to length 1 before they are clustered and compared
 * @param localTemperature τ in softmax(τ·tanh(q·c) + λ·log n), above 0; 1 in the paper
 * @param localSizeWeight λ of the local attention, at least 0; 0 in the paper
 * @param globalSizeWeight λ of the global attention, at least 0; 0 in the paper
 */
public record LookalikeForm(
        Activation activation,
        boolean unitLength,
        double localTemperature,
        double localSizeWeight,
        double globalSizeWeight) {

    /** The activation of the transform: the paper has ReLU, the authors' later text PReLU. */
    public enum Activation {
        /** max(x, 0). */
        RELU,
        /** max(x, 0) + slope · min(x, 0), slope learned. */
        PRELU
    }

    /** The form of the paper: equations (9) to (11) without sizes, temperature or scaling. */
    public static final LookalikeForm PAPER = new LookalikeForm(Activation.RELU, false, 1, 0, 0);

    /** The default form. */
    public static final LookalikeForm DEFAULT = new LookalikeForm(Activation.PRELU, true, 5, 1, 1);

    /** The same with another temperature. */
    public LookalikeForm withLocalTemperature(double temperature) {
        return new LookalikeForm(activation, unitLength, temperature, localSizeWeight, globalSizeWeight);
    }
}
