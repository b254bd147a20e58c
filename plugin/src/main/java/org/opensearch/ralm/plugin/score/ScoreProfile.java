package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;
import org.opensearch.ralm.kernel.SeedBlockKernel;
import org.opensearch.search.internal.ContextIndexSearcher;
import org.opensearch.search.profile.AbstractProfileBreakdown;
import org.opensearch.search.profile.ContextualProfileBreakdown;
import org.opensearch.search.profile.ProfileMetric;
import org.opensearch.search.profile.query.QueryProfiler;

/**
 * What a profile tells of the query beside what it tells of any: the reading of blocks, which is part of the time of
 * {@code match}; {@code score} is then the arithmetic alone.
 */
final class ScoreProfile {

    /** The numbers, by the names profiles show. */
    private enum Metric {
        /** Nanoseconds. */
        READ_BLOCKS,
        READ_BLOCKS_COUNT,
        READ_BLOCKS_BYTES,
        /** Candidates passed over because their block was made under another model. */
        COLD_CANDIDATES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final ContextualProfileBreakdown breakdown;

    private ScoreProfile(ContextualProfileBreakdown breakdown) {
        this.breakdown = breakdown;
    }

    /** The numbers of one segment, all 0. */
    static Collection<Supplier<ProfileMetric>> metrics() {
        return Arrays.stream(Metric.values())
                .<Supplier<ProfileMetric>>map(metric -> () -> new Sum(metric))
                .toList();
    }

    /** The profile of a query whose weight is being made; null if there is none. */
    static ScoreProfile of(RalmScoreQuery query, IndexSearcher searcher) {
        QueryProfiler profiler = searcher instanceof ContextIndexSearcher context ? context.getProfiler() : null;
        if (profiler == null) {
            return null;
        }
        try {
            ContextualProfileBreakdown breakdown = (ContextualProfileBreakdown) profiler.getProfileBreakdown(query);
            boolean asked = breakdown.getMetric(Metric.READ_BLOCKS.toString()) != null;
            return asked ? new ScoreProfile(breakdown) : null;
        } catch (AssertionError | IndexOutOfBoundsException e) {
            // Queries that make the weights of those within by themselves, like function_score, leave them out of the
            // profile, and there is no asking whether they did.
            return null;
        }
    }

    /**
     * The same blocks of a segment, the reading of which is counted.
     *
     * @param kernel tells which are cold
     */
    BinaryDocValues watch(BinaryDocValues blocks, LeafReaderContext context, SeedBlockKernel kernel) {
        return new WatchedBlocks(blocks, breakdown.context(context), kernel);
    }

    /** A number of one segment, which threads may share. */
    private static final class Sum extends ProfileMetric {

        private final LongAdder sum = new LongAdder();

        Sum(Metric metric) {
            super(metric.toString());
        }

        void add(long value) {
            sum.add(value);
        }

        @Override
        public Map<String, Long> toBreakdownMap() {
            return Map.of(getName(), sum.sum());
        }
    }

    private static final class WatchedBlocks extends BinaryDocValues {

        private final BinaryDocValues blocks;
        private final SeedBlockKernel kernel;
        private final Sum nanoseconds;
        private final Sum count;
        private final Sum bytes;
        private final Sum cold;

        WatchedBlocks(BinaryDocValues blocks, AbstractProfileBreakdown segment, SeedBlockKernel kernel) {
            this.blocks = blocks;
            this.kernel = kernel;
            this.nanoseconds = (Sum) segment.getMetric(Metric.READ_BLOCKS.toString());
            this.count = (Sum) segment.getMetric(Metric.READ_BLOCKS_COUNT.toString());
            this.bytes = (Sum) segment.getMetric(Metric.READ_BLOCKS_BYTES.toString());
            this.cold = (Sum) segment.getMetric(Metric.COLD_CANDIDATES.toString());
        }

        @Override
        public BytesRef binaryValue() throws IOException {
            long start = System.nanoTime();
            BytesRef block = blocks.binaryValue();
            nanoseconds.add(System.nanoTime() - start);
            count.add(1);
            bytes.add(block.length);
            if (kernel.accepts(block.bytes, block.offset, block.length) == false) {
                cold.add(1);
            }
            return block;
        }

        @Override
        public boolean advanceExact(int target) throws IOException {
            return blocks.advanceExact(target);
        }

        @Override
        public int docID() {
            return blocks.docID();
        }

        @Override
        public int nextDoc() throws IOException {
            return blocks.nextDoc();
        }

        @Override
        public int advance(int target) throws IOException {
            return blocks.advance(target);
        }

        @Override
        public long cost() {
            return blocks.cost();
        }
    }
}
