package org.opensearch.ralm.trainer.cli;

import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.opensearch.ralm.trainer.training.Progress;

/** A bar with loss and samples a second on a terminal; a line an epoch, or a validation, everywhere. */
final class ConsoleProgress implements Progress {

    private final PrintWriter out;
    private final boolean terminal;
    private String title;
    private long samples;
    private long begin;
    private ProgressBar bar;

    ConsoleProgress(PrintWriter out) {
        this.out = out;
        this.terminal = System.console() != null;
    }

    @Override
    public void beginRound(String phase, int epoch, long sampleCount) {
        title = phase + ", epoch " + epoch;
        samples = sampleCount;
        begin = System.nanoTime();
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName(title)
                    .setInitialMax(sampleCount)
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed()
                    .clearDisplayOnFinish()
                    .build();
        }
    }

    @Override
    public void batch(int batchSamples, double loss) {
        if (bar != null) {
            bar.stepBy(batchSamples);
            bar.setExtraMessage(String.format(Locale.ROOT, "loss %.4f", loss));
        }
    }

    @Override
    public void endRound(double loss, double validationLoss) {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        out.printf(
                Locale.ROOT,
                "  %-28s loss %.4f, held out %.4f, %,.0f samples/s%n",
                title,
                loss,
                validationLoss,
                samples / seconds);
        out.flush();
    }
}
