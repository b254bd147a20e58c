package org.opensearch.ralm.trainer.content;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.hash.Murmur3;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.training.TrainedModel;

/**
 * Adds a content model to a trained look-alike model, and to the record of its training how good it is: a model fitted
 * without a fifth of the items is measured on the clicks of phase 2 on these, whose seeds it does not see; the one that is
 * kept is fitted to all. Equal data give equal weights. Not safe for use by several threads.
 */
public final class ContentTraining {

    /** Stands for as many buckets as suit the number of values. */
    public static final int BUCKETS_BY_VALUES = 0;

    private static final int HIDDEN = 5;

    private final Dataset dataset;
    private final TimeSplit split;
    private final TrainedModel trained;
    private final int buckets;

    /**
     * @param split phases 1 and 2 are learned from
     * @param trained a model of that split
     * @param buckets B, or {@link #BUCKETS_BY_VALUES}
     */
    public ContentTraining(Dataset dataset, TimeSplit split, TrainedModel trained, int buckets) {
        this.dataset = dataset;
        this.split = split;
        this.trained = trained;
        this.buckets = buckets;
    }

    /** The artifact with a content model; empty if nothing is known of the items, or of too few that are warm. */
    public Optional<ModelArtifact> artifact() {
        if (dataset.itemAttributes().isEmpty()) {
            return Optional.empty();
        }
        SeedIndex seeds = SeedIndex.of(dataset.events(), dataset.items().size());
        ItemContent content = ItemContent.of(dataset, buckets, trained.model().dimension());
        long end = dataset.events().time(split.test() - 1) + 1;
        ContentTrainer trainer = new ContentTrainer(dataset, seeds, trained, content, end);
        return trainer.fit(item -> true).map(fit -> {
            ObjectNode record = trained.artifact().manifest().training().deepCopy();
            record.set("content", record(fit, measured(trainer, content, seeds)));
            return trained.artifact()
                    .withContent(
                            fit.weights().form(),
                            fit.weights().weightTensor(),
                            fit.weights().biasTensor(),
                            record);
        });
    }

    private static ObjectNode record(ContentTrainer.Fit fit, ObjectNode hidden) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("items", fit.items()).put("l2", fit.l2()).put("cosine", fit.cosine());
        return record.setAll(hidden);
    }

    /** Empty if there are no clicks to measure by. */
    private ObjectNode measured(ContentTrainer trainer, ItemContent content, SeedIndex seeds) {
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        IntPredicate hidden = item -> Murmur3.share(dataset.items().name(item), HIDDEN) == 0;
        ColdCases cases = ColdCases.of(
                dataset,
                seeds,
                split.phase2(),
                split.test(),
                item -> hidden.test(item) && content.isKnown(item),
                Integer.MAX_VALUE);
        trainer.fit(hidden.negate()).ifPresent(fit -> {
            ContentScorer scorer = ContentScorer.of(
                    trained, fit.weights().model(), content, dataset.items().size());
            double auc = cases.auc(scorer);
            if (Double.isNaN(auc) == false) {
                figures.put("hidden_clicks", cases.size()).put("hidden_auc", auc);
                figures.put("hidden_popularity_auc", cases.auc(ColdStart.seedCounts(seeds)));
            }
        });
        return figures;
    }
}
