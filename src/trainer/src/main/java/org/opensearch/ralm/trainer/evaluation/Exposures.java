package org.opensearch.ralm.trainer.evaluation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;

/**
 * What users would be shown if each saw the ten best of each ranking: how evenly the candidates are exposed, and how
 * varied what a user sees is. Collects one ranking after the other; not thread-safe.
 */
final class Exposures implements RankingMetric {

    private static final int SHOWN = 10;
    private static final double HEAD = 0.1;

    private final SeedIndex clicks;
    private final Optional<Attribute> category;
    private final Optional<Attribute> tags;
    private final long[] exposures;
    private final BitSet candidates = new BitSet();
    private final Set<Long> pairs = new HashSet<>();
    private TestBlock current;
    private BitSet head;
    private long shown;
    private long outsideHead;
    private long categories;
    private long distinctTags;
    private long rankings;

    /**
     * @param clicks   by which the head is told from the long tail
     * @param category by which diversity is counted, empty for none
     * @param tags     the same
     */
    public Exposures(SeedIndex clicks, Optional<Attribute> category, Optional<Attribute> tags) {
        this.clicks = clicks;
        this.category = category;
        this.tags = tags;
        this.exposures = new long[clicks.items()];
    }

    @Override
    public void add(Ranking ranking) {
        enter(ranking.block());
        int[] top = ranking.top(SHOWN);
        for (int item : top) {
            exposures[item]++;
            pairs.add((long) ranking.user() << 32 | item);
            outsideHead += head.get(item) ? 0 : 1;
        }
        shown += top.length;
        categories += category.map(attribute -> distinct(attribute, top)).orElse(0);
        distinctTags += tags.map(attribute -> distinct(attribute, top)).orElse(0);
        rankings++;
    }

    /** The Gini coefficient of exposures over all items that were in the pool of a block, those never shown included. */
    double gini() {
        return Gini.of(candidates.stream().mapToLong(item -> exposures[item]).toArray());
    }

    /** Mean number of distinct categories a ranking shows; NaN without the attribute. */
    double categoryDiversity() {
        return category.isPresent() ? (double) categories / rankings : Double.NaN;
    }

    /** Mean number of distinct tags a ranking shows; NaN without the attribute. */
    double tagDiversity() {
        return tags.isPresent() ? (double) distinctTags / rankings : Double.NaN;
    }

    /** How many distinct pairs of a user and an item are shown. */
    long exposure() {
        return pairs.size();
    }

    /** The share of what is shown that is not in the tenth of the block's pool with most clicks before the block. */
    double longTailShare() {
        return (double) outsideHead / shown;
    }

    private void enter(TestBlock block) {
        if (block == current) {
            return;
        }
        current = block;
        head = new BitSet();
        long start = block.block().start();
        IntStream.of(block.pool())
                .boxed()
                .sorted((one, other) -> Integer.compare(
                        clicks.clicks(other, Long.MIN_VALUE, start), clicks.clicks(one, Long.MIN_VALUE, start)))
                .limit((long) Math.ceil(HEAD * block.pool().length))
                .forEach(head::set);
        Arrays.stream(block.pool()).forEach(candidates::set);
    }

    private static int distinct(Attribute attribute, int[] items) {
        IdLists values = attribute.values();
        return (int) IntStream.of(items)
                .flatMap(item ->
                        IntStream.range(values.start(item), values.end(item)).map(values::id))
                .distinct()
                .count();
    }
}
