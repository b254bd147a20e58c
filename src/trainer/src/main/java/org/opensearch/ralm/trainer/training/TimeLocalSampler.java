package org.opensearch.ralm.trainer.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeLocalNegatives;

/**
 * Negatives from other users' clicks of the same block, so that the network cannot win by knowing which items are alive.
 */
final class TimeLocalSampler implements NegativeSampler {

    private final Dataset dataset;
    private final SeedIndex seeds;
    private final List<Block> blocks;
    private final List<TimeLocalNegatives> samplers = new ArrayList<>();

    TimeLocalSampler(Dataset dataset, int from, int to) {
        this.dataset = dataset;
        this.seeds = SeedIndex.of(dataset.events(), dataset.items().size());
        this.blocks = dataset.timing().blocks(dataset.events(), from, to);
        for (Block block : blocks) {
            samplers.add(new TimeLocalNegatives(dataset.events(), dataset.history(), block, item -> true));
        }
    }

    @Override
    public int draw(int event, Random random) {
        int item = samplers.get(blockOf(event)).draw(dataset.events().user(event), random);
        // Where a user clicked all there was in the block, any item is a better negative than none.
        return item >= 0 ? item : random.nextInt(dataset.items().size());
    }

    @Override
    public double logProbability(int event, int item) {
        Block block = blocks.get(blockOf(event));
        int clicks = seeds.clicks(item, block.start(), block.end());
        return Math.log((double) Math.max(1, clicks) / (block.endEvent() - block.firstEvent()));
    }

    private int blockOf(int event) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).endEvent() <= event) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
