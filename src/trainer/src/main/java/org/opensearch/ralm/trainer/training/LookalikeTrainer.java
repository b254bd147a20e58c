package org.opensearch.ralm.trainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.network.LookalikeNetwork;
import org.opensearch.ralm.trainer.network.LookalikeShape;

/**
 * Phase 2: learns transform and attentions, section 4.2 of the paper. A block's seeds are clustered with the current
 * transform when its samples come up, so at least once an epoch, warm-started from the time before; the centroids are
 * constants in between. The last samples of the span are held out to stop by. Not safe for use by several threads.
 */
final class LookalikeTrainer implements EarlyStopping.Phase {

    private static final double HELD_OUT = 0.15;
    private static final String CHECKSUM_TO_COME = "0".repeat(64);

    private final LookalikeOptions options;
    private final String name;
    private final long seed;
    private final Chance chance;
    private final Progress progress;
    private final List<BlockSamples> blocks;
    private final List<BlockSamples> heldOut;
    private final ClusterMemory memory;
    private final ClusterMemory heldOutMemory;
    private final LookalikeNetwork network;

    /**
     * @param from first event to learn from
     * @param to event after the last
     * @param room for embeddings; what does not fit is made anew where it is needed, which changes no result
     */
    LookalikeTrainer(
            Dataset dataset,
            UserEmbedder embedder,
            int from,
            int to,
            String name,
            LookalikeOptions options,
            long seed,
            EmbeddingRoom room,
            Progress progress) {
        this.options = options;
        this.name = name;
        this.seed = seed;
        this.chance = new Chance(seed);
        this.progress = progress;
        Events events = dataset.events();
        SeedIndex index = SeedIndex.of(events, dataset.items().size());
        int split = events.firstOfSecond(to - (int) Math.round((to - from) * HELD_OUT));
        this.blocks = BlockSamples.of(dataset, index, embedder, from, split, options, room);
        this.heldOut = BlockSamples.of(dataset, index, embedder, split, to, options, room);
        if (blocks.isEmpty() || heldOut.isEmpty()) {
            throw new IllegalArgumentException("no item has [min_seeds] " + options.minSeeds()
                    + " seeds and later clicks in the look-alike span of [" + dataset.name()
                    + "]: give more events or a lower min_seeds");
        }
        this.memory = memory("learned", blocks);
        this.heldOutMemory = memory("held_out", heldOut);
        LookalikeOptions.Head head = options.head();
        this.network = new LookalikeNetwork(
                new LookalikeShape(
                        embedder.dimension(),
                        head.dimension(),
                        head.dimension(),
                        head.clusters(),
                        head.form(),
                        head.alpha(),
                        head.beta()),
                options.objective(),
                seed);
    }

    /**
     * The trained model, its score settled on the samples held out.
     *
     * @param training the record of the training, by how the scores of these samples are spread
     */
    ModelArtifact artifact(JsonNode features, Function<ScoreSpread, JsonNode> training) {
        LookalikeValidation validation = validation();
        ScoreChoice score = score(validation);
        ScoreSpread spread = ScoreSpread.of(validation.scores(score.alpha(), score.beta()), validation.clicked());
        return artifact(score, features, training.apply(spread));
    }

    private ScoreChoice score(LookalikeValidation validation) {
        LookalikeOptions.Head head = options.head();
        if (head.chosenWeights()) {
            return ScoreChoice.chosen(validation, network.calibration());
        }
        return options.objective().learnedCalibration()
                ? ScoreChoice.given(validation, head.alpha(), head.beta(), network.calibration())
                : new ScoreChoice(head.alpha(), head.beta(), network.calibration());
    }

    private ModelArtifact artifact(ScoreChoice score, JsonNode features, JsonNode training) {
        LookalikeShape shape = network.shape();
        ModelManifest manifest = new ModelManifest(
                name,
                shape.universal(),
                shape.dimension(),
                shape.attention(),
                network.form(),
                shape.clusters(),
                score.alpha(),
                score.beta(),
                score.calibration(),
                CHECKSUM_TO_COME,
                features,
                training);
        return ModelArtifact.of(manifest, network.tensors());
    }

    @Override
    public int batchesPerEpoch() {
        return blocks.stream().mapToInt(this::batches).sum();
    }

    @Override
    public EpochResult run(int from, int to) {
        long begin = System.nanoTime();
        int perEpoch = batchesPerEpoch();
        int epoch = from / perEpoch + 1;
        int beginOfEpoch = from - from % perEpoch;
        List<Stretch> stretches = stretches(epoch, from - beginOfEpoch, to - beginOfEpoch);
        progress.beginRound(
                name, epoch, stretches.stream().mapToLong(this::samples).sum());
        MeanLoss loss = new MeanLoss();
        int batch = from;
        for (Stretch stretch : stretches) {
            learn(stretch, epoch, batch, loss);
            batch += stretch.to() - stretch.from();
        }
        LookalikeValidation validation = validation();
        LookalikeOptions.Head head = options.head();
        progress.endRound(loss.mean(), validation.loss());
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new EpochResult(
                epoch,
                to,
                loss.mean(),
                validation.loss(),
                validation.auc(head.alpha(), head.beta()),
                seconds,
                loss.samples());
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(network.state());
        state.putAll(memory.state());
        state.putAll(heldOutMemory.state());
        return state;
    }

    @Override
    public void restore(Map<String, Tensor> state) {
        network.restore(state);
        memory.restore(state);
        heldOutMemory.restore(state);
    }

    /** Batches of a block that follow each other within a round. */
    private record Stretch(int block, int from, int to) {}

    /** The batches of an epoch from one position to another, block by block in the epoch's order. */
    private List<Stretch> stretches(int epoch, int from, int to) {
        int[] all = IntStream.range(0, blocks.size()).toArray();
        List<Stretch> stretches = new ArrayList<>();
        int first = 0;
        for (int block : ClickSamples.shuffled(all, chance.epoch(epoch, 0))) {
            int end = first + batches(blocks.get(block));
            if (Math.max(first, from) < Math.min(end, to)) {
                stretches.add(new Stretch(block, Math.max(first, from) - first, Math.min(end, to) - first));
            }
            first = end;
        }
        return stretches;
    }

    private int batches(BlockSamples samples) {
        return Math.ceilDiv(samples.size(), options.schedule().batch());
    }

    private long samples(Stretch stretch) {
        int batch = options.schedule().batch();
        return Math.min(blocks.get(stretch.block()).size(), stretch.to() * batch) - (long) stretch.from() * batch;
    }

    /** Seeds are clustered where a stretch begins, so that a round depends on nothing but the state before it. */
    private void learn(Stretch stretch, int epoch, int firstBatch, MeanLoss loss) {
        BlockSamples samples = blocks.get(stretch.block());
        int[] order = ClickSamples.shuffled(
                IntStream.range(0, samples.size()).toArray(), chance.epoch(epoch, stretch.block() + 1));
        FloatRows users = samples.universal().rows();
        SeedClusters current = null;
        for (int i = 0; i < stretch.to() - stretch.from(); i++) {
            if (i % options.seeds().reclusterBatches() == 0) {
                current = memory.cluster(stretch.block(), model(), options.clusters());
            }
            int from = (stretch.from() + i) * options.schedule().batch();
            BatchAssembly assembly = assemble(
                    samples, users, current, order, from, options.seeds().members(), chance.batch(firstBatch + i));
            if (assembly.size() > 0) {
                double batchLoss =
                        network.step(assembly.batch(), options.schedule().rate());
                loss.add(batchLoss, assembly.size());
                progress.batch(assembly.size(), batchLoss);
            }
        }
    }

    private LookalikeValidation validation() {
        Random random = new Random(seed);
        LookalikeModel model = model();
        LookalikeValidation validation =
                new LookalikeValidation(options.schedule().negatives() + 1);
        for (int block = 0; block < heldOut.size(); block++) {
            BlockSamples samples = heldOut.get(block);
            FloatRows users = samples.universal().rows();
            SeedClusters current = heldOutMemory.cluster(block, model, options.clusters());
            int[] order = IntStream.range(0, samples.size()).toArray();
            for (int from = 0; from < order.length; from += options.schedule().batch()) {
                BatchAssembly assembly = assemble(samples, users, current, order, from, 0, random);
                if (assembly.size() > 0) {
                    validation.add(network.evaluate(assembly.batch()));
                }
            }
        }
        if (validation.isEmpty()) {
            throw new IllegalArgumentException("no click of the [" + heldOut.size()
                    + "] blocks held out has a candidate that can be drawn against it: give more events or a lower "
                    + "min_seeds");
        }
        return validation;
    }

    /** The batch of the samples that begin at a position of an order. */
    private BatchAssembly assemble(
            BlockSamples samples,
            FloatRows users,
            SeedClusters current,
            int[] order,
            int from,
            int members,
            Random random) {
        int to = Math.min(order.length, from + options.schedule().batch());
        BatchAssembly assembly =
                new BatchAssembly(samples, users, current, options.schedule().negatives(), members, to - from);
        for (int i = from; i < to; i++) {
            assembly.add(order[i], random);
        }
        return assembly;
    }

    private LookalikeModel model() {
        LookalikeOptions.Head head = options.head();
        ScoreChoice untold = new ScoreChoice(head.alpha(), head.beta(), network.calibration());
        return new LookalikeModel(artifact(untold, null, null));
    }

    private static ClusterMemory memory(String name, List<BlockSamples> blocks) {
        return new ClusterMemory(name, blocks.stream().map(BlockSamples::seeds).toList());
    }
}
