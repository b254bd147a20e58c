package org.opensearch.ralm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ExponentialTests {

    @Test
    void expIsWithinItsBoundEverywhere() {
        for (double step : new double[] {1e-4, Math.log(2) / 128}) {
            for (double x = -708; x < 708; x += step) {
                double expected = StrictMath.exp(x);
                assertEquals(expected, Exponential.exp(x), Exponential.ERROR * expected, "x = " + x);
            }
        }
    }

    @Test
    void tanhIsWithinItsBoundEverywhere() {
        for (double x = -25; x < 25; x += 1e-5) {
            assertEquals(StrictMath.tanh(x), Exponential.tanh(x), Exponential.ERROR, "x = " + x);
        }
    }

    @Test
    void extremesAreWhatTheyTendTo() {
        assertEquals(1, Exponential.exp(0));
        assertEquals(0, Exponential.exp(Double.NEGATIVE_INFINITY), 1e-307);
        DoubleStream.of(50, 1e300, Double.POSITIVE_INFINITY).forEach(x -> {
            assertEquals(1, Exponential.tanh(x), Exponential.ERROR);
            assertEquals(-1, Exponential.tanh(-x), Exponential.ERROR);
        });
        assertEquals(Double.NaN, Exponential.tanh(Double.NaN));
    }
}
