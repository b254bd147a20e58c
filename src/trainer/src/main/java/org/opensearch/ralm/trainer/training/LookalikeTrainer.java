package org.opensearch.ralm.trainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
 * transform when its samples come up, so at least once an epoch, warm-started from the epoch before; the centroids are
 * constants in between. The last samples of the span are held out to stop by. Not safe for use by several threads.
 */
final class LookalikeTrainer implements EarlyStopping.Epochs {

    private static final double HELD_OUT = 0.15;
    private static final String CHECKSUM_TO_COME = "0".repeat(64);

    private final LookalikeOptions options;
    private final String name;
    private final long seed;
    private final Progress progress;
    private final List<BlockSamples> blocks;
    private final List<BlockSamples> heldOut;
    private final ClusterMemory memory;
    private final ClusterMemory heldOutMemory;
    private final LookalikeNetwork network;

    /**
     * @param from first event to learn from
     * @param to event after the last
     */
    LookalikeTrainer(
            Dataset dataset,
            UserEmbedder embedder,
            int from,
            int to,
            String name,
            LookalikeOptions options,
            long seed,
            Progress progress) {
        this.options = options;
        this.name = name;
        this.seed = seed;
        this.progress = progress;
        Events events = dataset.events();
        SeedIndex index = SeedIndex.of(events, dataset.items().size());
        int split = events.firstOfSecond(to - (int) Math.round((to - from) * HELD_OUT));
        this.blocks = BlockSamples.of(dataset, index, embedder, from, split, options);
        this.heldOut = BlockSamples.of(dataset, index, embedder, split, to, options);
        if (blocks.isEmpty() || heldOut.isEmpty()) {
            throw new IllegalArgumentException("no item has [min_seeds] " + options.minSeeds()
                    + " seeds and later clicks in the look-alike span of [" + dataset.name()
                    + "]: give more events or a lower min_seeds");
        }
        this.memory = memory("learned", blocks);
        this.heldOutMemory = memory("held_out", heldOut);
        this.network = new LookalikeNetwork(
                new LookalikeShape(
                        embedder.dimension(),
                        options.dimension(),
                        options.dimension(),
                        options.clusters(),
                        options.form(),
                        options.alpha(),
                        options.beta()),
                options.objective(),
                seed);
    }

    /** The model as trained so far. */
    ModelArtifact artifact(JsonNode features, JsonNode training) {
        LookalikeShape shape = network.shape();
        ModelManifest manifest = new ModelManifest(
                name,
                shape.universal(),
                shape.dimension(),
                shape.attention(),
                shape.form(),
                shape.clusters(),
                shape.alpha(),
                shape.beta(),
                network.calibration(),
                CHECKSUM_TO_COME,
                features,
                training);
        return ModelArtifact.of(manifest, network.tensors());
    }

    @Override
    public EpochResult run(int epoch) {
        long begin = System.nanoTime();
        Random random = new Random(seed * 1_000_003 + epoch);
        long samples = blocks.stream().mapToLong(BlockSamples::size).sum();
        progress.beginEpoch(name, epoch, samples);
        MeanLoss loss = new MeanLoss();
        for (int block : ClickSamples.shuffled(IntStream.range(0, blocks.size()).toArray(), random)) {
            learn(block, random, loss);
        }
        double validation = validationLoss();
        progress.endEpoch(loss.mean(), validation);
        return new EpochResult(epoch, loss.mean(), validation, (System.nanoTime() - begin) / 1e9, loss.samples());
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

    private void learn(int block, Random random, MeanLoss loss) {
        BlockSamples samples = blocks.get(block);
        int[] order = ClickSamples.shuffled(IntStream.range(0, samples.size()).toArray(), random);
        SeedClusters current = null;
        for (int from = 0, batches = 0; from < order.length; from += options.batch(), batches++) {
            if (batches % options.reclusterBatches() == 0) {
                current = memory.cluster(block, model(), options.clusters());
            }
            BatchAssembly assembly = assemble(samples, current, order, from, random);
            if (assembly.size() > 0) {
                double batchLoss = network.step(assembly.batch(), options.rate());
                loss.add(batchLoss, assembly.size());
                progress.batch(assembly.size(), batchLoss);
            }
        }
    }

    private double validationLoss() {
        Random random = new Random(seed);
        LookalikeModel model = model();
        MeanLoss loss = new MeanLoss();
        for (int block = 0; block < heldOut.size(); block++) {
            BlockSamples samples = heldOut.get(block);
            SeedClusters current = heldOutMemory.cluster(block, model, options.clusters());
            int[] order = IntStream.range(0, samples.size()).toArray();
            for (int from = 0; from < order.length; from += options.batch()) {
                BatchAssembly assembly = assemble(samples, current, order, from, random);
                if (assembly.size() > 0) {
                    loss.add(network.loss(assembly.batch()), assembly.size());
                }
            }
        }
        if (loss.samples() == 0) {
            throw new IllegalArgumentException("no click of the [" + heldOut.size()
                    + "] blocks held out has a candidate that can be drawn against it: give more events or a lower "
                    + "min_seeds");
        }
        return loss.mean();
    }

    /** The batch of the samples that begin at a position of an order. */
    private BatchAssembly assemble(BlockSamples samples, SeedClusters current, int[] order, int from, Random random) {
        int to = Math.min(order.length, from + options.batch());
        BatchAssembly assembly = new BatchAssembly(samples, current, options.negatives(), to - from);
        for (int i = from; i < to; i++) {
            assembly.add(order[i], random);
        }
        return assembly;
    }

    private LookalikeModel model() {
        return new LookalikeModel(artifact(null, null));
    }

    private static ClusterMemory memory(String name, List<BlockSamples> blocks) {
        return new ClusterMemory(name, blocks.stream().map(BlockSamples::seeds).toList());
    }
}
