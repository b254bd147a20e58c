package org.opensearch.ralm.kernel;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.RandomBlocks;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.Clusters;

/**
 * The time to score a candidate of 20 clusters × 128 out of 10,000 in doc values of one mapped segment, and to read its
 * value only.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class ScoringBenchmark {

    private static final int CANDIDATES = 10_000;
    private static final int CLUSTERS = 20;
    private static final int DIMENSION = 128;
    private static final long FINGERPRINT = 7;
    private static final String FIELD = "seeds";

    @Param({"FLOAT32", "INT8"})
    private Encoding encoding;

    private final Random random = new Random(1);
    private KernelParameters parameters;
    private Path folder;
    private Directory directory;
    private DirectoryReader reader;

    /** Writes and opens the index. */
    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("scoring-benchmark");
        directory = new MMapDirectory(folder);
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig().setRAMBufferSizeMB(1024))) {
            for (int i = 0; i < CANDIDATES; i++) {
                Document candidate = new Document();
                candidate.add(new BinaryDocValuesField(FIELD, new BytesRef(block())));
                writer.addDocument(candidate);
            }
        }
        reader = DirectoryReader.open(directory);
        if (reader.leaves().size() != 1) {
            throw new IllegalStateException("expected one segment, but found " + reader.leaves().size());
        }
        parameters = new KernelParameters(FINGERPRINT, unitRow(), unitRow(), 5, 1, 0.3, 0.7);
    }

    /** Removes the index. */
    @TearDown
    public void close() throws IOException {
        reader.close();
        directory.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Benchmark
    @OperationsPerInvocation(CANDIDATES)
    public long readOnly(CpuTime cpu) throws IOException {
        cpu.candidates += CANDIDATES;
        BinaryDocValues blocks = blocks();
        long sum = 0;
        while (blocks.nextDoc() != BinaryDocValues.NO_MORE_DOCS) {
            BytesRef block = blocks.binaryValue();
            sum += block.bytes[block.offset + block.length - 1];
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CANDIDATES)
    public double simd(CpuTime cpu) throws IOException {
        return score(new SimdArithmetic(), cpu);
    }

    @Benchmark
    @OperationsPerInvocation(CANDIDATES)
    public double scalar(CpuTime cpu) throws IOException {
        return score(new ScalarArithmetic(), cpu);
    }

    @Benchmark
    @OperationsPerInvocation(CANDIDATES)
    public double vectorUtil(CpuTime cpu) throws IOException {
        return score(new VectorUtilArithmetic(DIMENSION), cpu);
    }

    private double score(Arithmetic arithmetic, CpuTime cpu) throws IOException {
        cpu.candidates += CANDIDATES;
        SeedBlockKernel kernel = new SeedBlockKernel(parameters, arithmetic);
        BinaryDocValues blocks = blocks();
        double sum = 0;
        while (blocks.nextDoc() != BinaryDocValues.NO_MORE_DOCS) {
            BytesRef block = blocks.binaryValue();
            if (kernel.accepts(block.bytes, block.offset, block.length)) {
                sum += kernel.score(block.bytes, block.offset, block.length);
            }
        }
        return sum;
    }

    private BinaryDocValues blocks() throws IOException {
        return reader.leaves().get(0).reader().getBinaryDocValues(FIELD);
    }

    private byte[] block() {
        float[] centroids = new float[CLUSTERS * DIMENSION];
        for (int j = 0; j < CLUSTERS; j++) {
            System.arraycopy(unitRow(), 0, centroids, j * DIMENSION, DIMENSION);
        }
        int[] sizes = random.ints(CLUSTERS, 1, 500).toArray();
        SeedBlock block = new SeedBlock(FINGERPRINT, new Clusters(DIMENSION, centroids, sizes), unitRow());
        return SeedBlockCodec.encode(block, encoding);
    }

    private float[] unitRow() {
        float[] row = RandomBlocks.gaussian(random, DIMENSION);
        double squares = 0;
        for (float value : row) {
            squares += (double) value * value;
        }
        for (int d = 0; d < DIMENSION; d++) {
            row[d] /= (float) Math.sqrt(squares);
        }
        return row;
    }

    /** The time the thread computed for a candidate, which other processes of the machine change less. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class CpuTime {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private long begin;
        private long candidates;

        /** Begins anew. */
        @Setup(Level.Iteration)
        public void begin() {
            candidates = 0;
            begin = THREADS.getCurrentThreadCpuTime();
        }

        /** Nanoseconds. */
        public double cpu() {
            return (double) (THREADS.getCurrentThreadCpuTime() - begin) / candidates;
        }
    }
}
