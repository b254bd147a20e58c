package org.opensearch.ralm.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CalibrationTests {

    @Test
    void theProbabilityIsTheSigmoidOfTheScaledScore() {
        Calibration calibration = new Calibration(10, -5);

        assertEquals(0.5, calibration.probability(0.5), 1e-15);
        assertEquals(1 / (1 + Math.exp(-3)), calibration.probability(0.8), 1e-15);
        assertEquals(Math.exp(-15) / (1 + Math.exp(-15)), calibration.probability(-1), 1e-15);
    }

    @Test
    void theProbabilityStaysFiniteForExtremeParameters() {
        assertEquals(1, new Calibration(Double.MAX_VALUE, 0).probability(2));
        assertEquals(0, new Calibration(Double.MAX_VALUE, Double.MAX_VALUE).probability(-2));
    }
}
