package org.opensearch.ralm.trainer.training;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.FieldExtractor;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.network.RepresentationBatch;
import org.opensearch.ralm.trainer.network.RepresentationNetwork;
import org.opensearch.ralm.trainer.network.RepresentationShape;

/**
 * Phase 1: learns user embeddings by predicting clicks of items, section 4.1 of the paper. What a user had clicked is
 * taken strictly before each click. The last clicks of the span are held out to stop by: by how well the embeddings tell
 * audiences apart or, where no item has one, clicked items from others. Not safe for use by several threads.
 */
final class RepresentationTrainer implements EarlyStopping.Phase {

    private static final double HELD_OUT = 0.05;
    private static final int LARGEST_BATCH = 1024;

    private final Dataset dataset;
    private final RepresentationOptions options;
    private final long seed;
    private final Chance chance;
    private final Progress progress;
    private final FieldExtractor extractor;
    private final FieldEncoder encoder;
    private final NegativeSampler negatives;
    private final int[] samples;
    private final int[] heldOut;
    private final AudienceValidation audiences;
    private final BitSet known;
    private final RepresentationNetwork network;

    /**
     * @param from first event to learn from
     * @param to event after the last
     * @param forAudiences whether embeddings are validated by how well they tell audiences apart; else by how well they
     *     tell clicked items from others
     */
    RepresentationTrainer(
            Dataset dataset,
            int from,
            int to,
            RepresentationOptions options,
            boolean forAudiences,
            long seed,
            Progress progress) {
        this.dataset = dataset;
        this.options = options;
        this.seed = seed;
        this.chance = new Chance(seed);
        this.progress = progress;
        this.extractor = dataset.extractor();
        this.encoder = new FieldEncoder(dataset.fields());
        this.negatives = options.sampling().from() == RepresentationOptions.Negatives.TIME_LOCAL
                ? new TimeLocalSampler(dataset, from, to)
                : new RankSampler(dataset, from, to);
        int[] all = ClickSamples.latest(dataset, from, to, options.sampling().maxPositives());
        int split = (int) Math.round(all.length * (1 - HELD_OUT));
        this.samples = Arrays.copyOf(all, split);
        this.heldOut = Arrays.copyOfRange(all, split, all.length);
        this.known = new BitSet();
        Arrays.stream(samples).map(dataset.events()::item).forEach(known::set);
        if (dataset.fields().isEmpty()) {
            throw new IllegalArgumentException("dataset [" + dataset.name()
                    + "] has no user fields, but a representation is learned from one or more");
        }
        if (heldOut.length == 0) {
            throw new IllegalArgumentException("dataset [" + dataset.name() + "] has " + all.length
                    + " clicks to learn a representation from, too few to hold a share of them out");
        }
        this.audiences = new AudienceValidation(dataset, forAudiences ? heldOut[0] : to, to, seed);
        this.network = new RepresentationNetwork(
                shape(encoder.tableRows(), dataset.items().size(), options.form()), seed);
    }

    private static RepresentationShape shape(List<Integer> tableRows, int items, RepresentationOptions.Form form) {
        return new RepresentationShape(
                tableRows,
                items,
                form.fieldWidth(),
                form.fieldLayer(),
                form.merge(),
                form.fieldWidth(),
                form.heads(),
                2 * form.dimension(),
                form.dimension());
    }

    /** How many numbers a representation of a dataset has. */
    static long parameters(Dataset dataset, RepresentationOptions.Form form) {
        FieldEncoder encoder = new FieldEncoder(dataset.fields());
        return shape(encoder.tableRows(), dataset.items().size(), form).parameters();
    }

    RepresentationNetwork network() {
        return network;
    }

    /** Whether a click of the item is among the samples. */
    boolean knows(int item) {
        return known.get(item);
    }

    /** The names of the fields in the order of the network's tables. */
    List<String> fieldNames() {
        return encoder.tableNames();
    }

    @Override
    public int batchesPerEpoch() {
        return Math.ceilDiv(samples.length, options.schedule().batch());
    }

    @Override
    public EpochResult run(int from, int to) {
        long begin = System.nanoTime();
        int epoch = from / batchesPerEpoch() + 1;
        int[] order = ClickSamples.shuffled(samples, chance.epoch(epoch, 0));
        progress.beginRound("representation", epoch, start(to - 1) + size(to - 1) - start(from));
        MeanLoss loss = new MeanLoss();
        for (int batch = from; batch < to; batch++) {
            Random random = chance.batch(batch);
            int[] events = Arrays.copyOfRange(order, start(batch), start(batch) + size(batch));
            double batchLoss = network.step(
                    batch(events, random, entries -> thinned(entries, random)),
                    options.schedule().rate());
            loss.add(batchLoss, events.length);
            progress.batch(events.length, batchLoss);
        }
        RepresentationValidation validation = validation();
        double auc = audiences.isEmpty() ? validation.auc() : audiences.auc(new UserEmbedder(dataset, network.model()));
        progress.endRound(loss.mean(), validation.loss());
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new EpochResult(epoch, to, loss.mean(), validation.loss(), auc, seconds, loss.samples());
    }

    /** Where a batch, counted from the beginning of the phase, starts in the order of its epoch. */
    private int start(int batch) {
        return batch % batchesPerEpoch() * options.schedule().batch();
    }

    private int size(int batch) {
        return Math.min(samples.length - start(batch), options.schedule().batch());
    }

    @Override
    public Map<String, Tensor> state() {
        return network.state();
    }

    @Override
    public void restore(Map<String, Tensor> state) {
        network.restore(state);
    }

    private RepresentationValidation validation() {
        Random random = new Random(seed);
        RepresentationValidation validation =
                new RepresentationValidation(options.sampling().negatives() + 1);
        for (int from = 0; from < heldOut.length; from += LARGEST_BATCH) {
            int[] events = Arrays.copyOfRange(heldOut, from, Math.min(heldOut.length, from + LARGEST_BATCH));
            validation.add(network.evaluate(batch(events, random, entries -> entries)));
        }
        return validation;
    }

    private IdLists thinned(IdLists entries, Random random) {
        IdLists.Builder kept = new IdLists.Builder();
        for (int row = 0; row < entries.rows(); row++) {
            for (int position = entries.start(row); position < entries.end(row); position++) {
                if (random.nextDouble() >= options.sampling().thinning()) {
                    kept.add(entries.id(position));
                }
            }
            kept.endRow();
        }
        return kept.build();
    }

    private RepresentationBatch batch(int[] clicks, Random random, UnaryOperator<IdLists> thinning) {
        Events events = dataset.events();
        int[] users = new int[clicks.length];
        long[] times = new long[clicks.length];
        int choices = options.sampling().negatives() + 1;
        int[] items = new int[clicks.length * choices];
        for (int i = 0; i < clicks.length; i++) {
            users[i] = events.user(clicks[i]);
            times[i] = events.time(clicks[i]);
            items[i * choices] = events.item(clicks[i]);
            for (int n = 1; n < choices; n++) {
                items[i * choices + n] = negatives.draw(clicks[i], random);
            }
        }
        return new RepresentationBatch(
                encoder.encode(extractor.extract(users, times), thinning), items, corrections(clicks, items));
    }

    /** log q of each item for its click; none where they are not corrected for. */
    private float[] corrections(int[] clicks, int[] items) {
        float[] corrections = new float[options.sampling().logqCorrection() ? items.length : 0];
        for (int i = 0; i < corrections.length; i++) {
            int click = clicks[i / (items.length / clicks.length)];
            corrections[i] = (float) negatives.logProbability(click, items[i]);
        }
        return corrections;
    }
}
