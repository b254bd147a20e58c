package org.opensearch.ralm.kernel;

/** The cosine of two vectors whose product and lengths are known. */
final class Cosine {

    private Cosine() {}

    /** In [-1, 1] whatever the roundings; 0 where a vector has no length, hence no direction. */
    static double of(double product, double norm, double otherNorm) {
        return norm == 0 || otherNorm == 0 ? 0 : Math.clamp(product / (norm * otherNorm), -1, 1);
    }
}
