package org.opensearch.ralm.trainer.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantilesTests {

    @Test
    void aQuantileIsTheLeastValueThatTheShareDoesNotExceed() {
        Quantiles hundred = new Quantiles(
                IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray());
        assertEquals(100, hundred.size());
        assertEquals(1, hundred.at(0.001));
        assertEquals(50, hundred.at(0.5));
        assertEquals(99, hundred.at(0.99));
        assertEquals(100, hundred.at(0.991));
        assertEquals(100, hundred.at(1));
    }

    @Test
    void ofOneValueAllQuantilesAreIt() {
        assertEquals(7, new Quantiles(new double[] {7}).at(0.01));
        assertEquals(7, new Quantiles(new double[] {7}).at(1));
    }

    @Test
    void numbersOfAnyKindAreASample() {
        assertEquals(2, Quantiles.of(List.of(3L, 1L, 2L)).at(0.5));
        assertEquals(0.25, Quantiles.of(List.of(0.5, 0.25)).at(0.5));
    }

    @Test
    void nothingHasNoQuantile() {
        assertEquals(Double.NaN, new Quantiles(new double[0]).at(0.5));
    }

    @Test
    void theSampleIsNotSorted() {
        double[] sample = {3, 1, 2};
        new Quantiles(sample);
        assertArrayEquals(new double[] {3, 1, 2}, sample);
    }
}
