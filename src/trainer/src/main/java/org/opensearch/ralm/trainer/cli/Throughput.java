package org.opensearch.ralm.trainer.cli;

import java.util.Map;
import java.util.TreeMap;
import org.opensearch.ralm.trainer.training.Progress;

/** Counts how many samples each phase learns from in a second, validation not counted, and passes everything on. */
final class Throughput implements Progress {

    private static final String REPRESENTATION = "representation";

    private final Progress next;
    private final Map<String, Count> counts = new TreeMap<>();
    private String phase;
    private long last;

    Throughput(Progress next) {
        this.next = next;
    }

    /** Samples a second by phase, of those phases that learned anything. */
    Map<String, Double> samplesPerSecond() {
        Map<String, Double> speeds = new TreeMap<>();
        counts.forEach((name, count) -> speeds.put(name, count.samples / (count.nanos / 1e9)));
        return speeds;
    }

    @Override
    public void beginRound(String trained, int epoch, long samples) {
        phase = trained.equals(REPRESENTATION) ? REPRESENTATION : "lookalike";
        last = System.nanoTime();
        next.beginRound(trained, epoch, samples);
    }

    @Override
    public void batch(int samples, double loss) {
        long now = System.nanoTime();
        Count count = counts.computeIfAbsent(phase, absent -> new Count());
        count.samples += samples;
        count.nanos += now - last;
        last = now;
        next.batch(samples, loss);
    }

    @Override
    public void endRound(double loss, double validationLoss) {
        next.endRound(loss, validationLoss);
    }

    private static final class Count {
        private long samples;
        private long nanos;
    }
}
