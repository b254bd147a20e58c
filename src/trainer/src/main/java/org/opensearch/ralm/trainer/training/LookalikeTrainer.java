package org.opensearch.ralm.trainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.network.LookalikeBatch;
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
    private final Map<BlockSamples, SeedClusters> clusters = new HashMap<>();
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
        double loss = 0;
        for (int block : ClickSamples.shuffled(IntStream.range(0, blocks.size()).toArray(), random)) {
            loss += learn(blocks.get(block), random);
        }
        double validation = validationLoss();
        progress.endEpoch(loss / samples, validation);
        return new EpochResult(epoch, loss / samples, validation, (System.nanoTime() - begin) / 1e9, samples);
    }

    @Override
    public Map<String, Tensor> state() {
        return network.state();
    }

    @Override
    public void restore(Map<String, Tensor> state) {
        network.restore(state);
    }

    private double learn(BlockSamples block, Random random) {
        int[] order = ClickSamples.shuffled(IntStream.range(0, block.size()).toArray(), random);
        double loss = 0;
        for (int from = 0, batches = 0; from < order.length; from += options.batch(), batches++) {
            if (batches % options.reclusterBatches() == 0) {
                clusters.put(block, cluster(block));
            }
            int to = Math.min(order.length, from + options.batch());
            BatchAssembly assembly = new BatchAssembly(block, clusters.get(block), options.negatives());
            for (int i = from; i < to; i++) {
                assembly.add(order[i], random);
            }
            if (assembly.size() > 0) {
                double batchLoss = network.step(assembly.batch(), options.rate());
                loss += batchLoss * assembly.size();
                progress.batch(assembly.size(), batchLoss);
            }
        }
        return loss;
    }

    private double validationLoss() {
        Random random = new Random(seed);
        double loss = 0;
        int samples = 0;
        for (BlockSamples block : heldOut) {
            SeedClusters current = cluster(block);
            clusters.put(block, current);
            for (int from = 0; from < block.size(); from += options.batch()) {
                BatchAssembly assembly = new BatchAssembly(block, current, options.negatives());
                for (int i = from; i < Math.min(block.size(), from + options.batch()); i++) {
                    assembly.add(i, random);
                }
                if (assembly.size() > 0) {
                    loss += network.loss(assembly.batch()) * assembly.size();
                    samples += assembly.size();
                }
            }
        }
        return loss / samples;
    }

    private SeedClusters cluster(BlockSamples block) {
        LookalikeModel model = new LookalikeModel(artifact(null, null));
        return block.seeds().cluster(model, options.clusters(), clusters.get(block));
    }

    /** Collects the samples of a batch and the distinct candidates they name. */
    private static final class BatchAssembly {

        private final BlockSamples block;
        private final SeedClusters clusters;
        private final int negatives;
        private final List<Integer> samples = new ArrayList<>();
        private final List<Integer> choices = new ArrayList<>();
        private final List<Clusters> candidates = new ArrayList<>();
        private final Map<Clusters, Integer> places = new IdentityHashMap<>();

        BatchAssembly(BlockSamples block, SeedClusters clusters, int negatives) {
            this.block = block;
            this.clusters = clusters;
            this.negatives = negatives;
        }

        int size() {
            return samples.size();
        }

        /** Adds a sample, unless there are too few candidates to draw against it. */
        void add(int sample, Random random) {
            int user = block.users()[sample];
            Optional<Clusters> positive = clusters.without(block.positives()[sample], user);
            int[] drawn = block.negatives(sample, negatives, random);
            if (positive.isEmpty() || drawn.length < negatives) {
                return;
            }
            samples.add(sample);
            choices.add(place(positive.get()));
            for (int negative : drawn) {
                choices.add(place(clusters.clusters(negative)));
            }
        }

        LookalikeBatch batch() {
            int width = block.universal().numCols;
            float[] users = new float[samples.size() * width];
            for (int i = 0; i < samples.size(); i++) {
                for (int d = 0; d < width; d++) {
                    users[i * width + d] = (float) block.universal().get(samples.get(i), d);
                }
            }
            return new LookalikeBatch(
                    users,
                    candidates,
                    choices.stream().mapToInt(Integer::intValue).toArray());
        }

        private int place(Clusters candidate) {
            return places.computeIfAbsent(candidate, fresh -> {
                candidates.add(fresh);
                return candidates.size() - 1;
            });
        }
    }
}
