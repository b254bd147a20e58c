package org.opensearch.ralm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogarithmTests {

    @Test
    void logIsWithinItsBound() {
        for (int n = 1; n < 1 << 20; n++) {
            check(n);
        }
        for (int power = 12; power < 31; power++) {
            check((1 << power) - 1);
            check(1 << power);
            check((1 << power) + 1);
        }
        check(Integer.MAX_VALUE);
        new Random(1).ints(1_000_000, 1, Integer.MAX_VALUE).forEach(LogarithmTests::check);
    }

    private static void check(int n) {
        assertEquals(StrictMath.log(n), Logarithm.log(n), Logarithm.ERROR, "n = " + n);
    }
}
