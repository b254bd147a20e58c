package org.opensearch.ralm.kernel;

import java.util.List;
import java.util.Optional;

/** What this process can compute with. */
final class Arithmetics {

    private Arithmetics() {}

    static List<Arithmetic> all() {
        return simd().map(simd -> List.of(new ScalarArithmetic(), simd)).orElse(List.of(new ScalarArithmetic()));
    }

    static Optional<Arithmetic> simd() {
        Arithmetic fastest = Arithmetic.fastest();
        return fastest instanceof ScalarArithmetic ? Optional.empty() : Optional.of(fastest);
    }
}
