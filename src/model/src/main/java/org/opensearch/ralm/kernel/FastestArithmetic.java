package org.opensearch.ralm.kernel;

/** The choice between SIMD and scalar arithmetic, made once, when the first kernel is. */
final class FastestArithmetic {

    static final Arithmetic INSTANCE = choose();

    private FastestArithmetic() {}

    /** The incubating module is there only if the process was started with it, and may change from one JDK to the next. */
    private static Arithmetic choose() {
        try {
            boolean usable =
                    ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
            return usable && SimdArithmetic.isFast() ? new SimdArithmetic() : new ScalarArithmetic();
        } catch (LinkageError e) {
            return new ScalarArithmetic();
        }
    }
}
