package org.opensearch.ralm.trainer.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LeakBooksTests {

    private final LeakBooks books = new LeakBooks();

    @Test
    void theProcessThatGrewMostIsTold() {
        books.enter("node-1", 11, 10, new ProcessUse(100, 50, 300));
        books.enter("node-2", 12, 10, new ProcessUse(100, 50, 300));
        books.enter("node-1", 11, 60, new ProcessUse(110, 49, 290));
        books.enter("node-2", 12, 60, new ProcessUse(90, 53, 301));
        assertEquals(10, books.heapGrowthPercent(), 1e-9);
        assertEquals(3, books.threadsGrowth());
        assertEquals(1, books.handlesGrowth());
    }

    @Test
    void aProcessThatEndedIsNotCompared() {
        books.enter("node-1", 11, 10, new ProcessUse(10, 50, 300));
        books.enter("node-1", 11, 60, new ProcessUse(100, 90, 900));
        books.enter("node-1", 21, 120, new ProcessUse(80, 40, 200));
        assertTrue(Double.isNaN(books.heapGrowthPercent()));
        books.enter("node-1", 21, 180, new ProcessUse(80, 41, 200));
        assertEquals(0, books.heapGrowthPercent());
        assertEquals(1, books.threadsGrowth());
    }

    @Test
    void theHeapIsReadFromWhatTheJvmSays() {
        String said =
                """
                4711:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:        171687       22334280  [B (java.base@25.0.3)
                Total       1570702      104857600
                """;
        assertEquals(100, ProcessUse.heapMegabytes(said));
    }
}
