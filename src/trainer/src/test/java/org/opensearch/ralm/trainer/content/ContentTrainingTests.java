package org.opensearch.ralm.trainer.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.content.ContentModel;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.data.Vocabulary;
import org.opensearch.ralm.trainer.training.Progress;
import org.opensearch.ralm.trainer.training.TrainedModel;
import org.opensearch.ralm.trainer.training.Training;
import org.opensearch.ralm.trainer.training.TrainingOptions;

class ContentTrainingTests {

    private static final List<String> GROUPS = List.of("arts", "science", "sport");

    private static Dataset dataset;
    private static TimeSplit split;
    private static TrainedModel trained;
    private static ModelArtifact artifact;

    @BeforeAll
    static void train() {
        dataset = withContent(TinyWorld.dataset());
        split = TinyWorld.split(dataset);
        TrainingOptions options = TinyWorld.options(1);
        trained = new Training(dataset, split, options, null, Progress.SILENT).lookalike("tiny", options.lookalike());
        artifact = new ContentTraining(dataset, split, trained, ContentTraining.BUCKETS_BY_VALUES)
                .artifact()
                .orElseThrow();
    }

    @Test
    void pseudoSeedsLieWhereTheSeedsOfSuchItemsDo() {
        ContentModel model = ContentModel.of(artifact).orElseThrow();
        float[] arts = model.pseudoSeed(Map.of("about", List.of("arts"))).orElseThrow();
        ItemContent content = ItemContent.of(dataset, 64, trained.model().dimension());
        SeedIndex seeds = SeedIndex.of(dataset.events(), dataset.items().size());
        long end = dataset.events().time(split.test() - 1) + 1;
        ContentTrainer.Fit fit = new ContentTrainer(dataset, seeds, trained, content, end)
                .fit(item -> true)
                .orElseThrow();

        assertEquals(1, dot(arts, arts), 1e-6);
        assertTrue(fit.cosine() > 0.8, "cosine with the held out: " + fit.cosine());
    }

    @Test
    void usersPreferThePseudoSeedsOfTheirGroup() {
        ContentModel model = ContentModel.of(artifact).orElseThrow();
        int[] users = IntStream.range(0, TinyWorld.USERS).toArray();
        DMatrixRMaj vectors = trained.model().transform(trained.embedder().embed(users, Long.MAX_VALUE));
        double own = 0;
        double others = 0;
        for (int group = 0; group < GROUPS.size(); group++) {
            float[] seed = model.pseudoSeed(Map.of("about", List.of(GROUPS.get(group))))
                    .orElseThrow();
            for (int user : users) {
                double product = 0;
                for (int d = 0; d < seed.length; d++) {
                    product += vectors.get(user, d) * seed[d];
                }
                own += user % GROUPS.size() == group ? product : 0;
                others += user % GROUPS.size() == group ? 0 : product / 2;
            }
        }
        assertTrue(own > others, own + " against " + others);
    }

    @Test
    void theRecordSaysWhatHiddenItemsCameTo() {
        JsonNode record = artifact.manifest().training().get("content");

        assertTrue(record.get("hidden_clicks").intValue() > 20, record::toString);
        assertTrue(record.get("hidden_auc").doubleValue() > 0.4, record::toString);
        assertTrue(record.get("hidden_popularity_auc").doubleValue() < 0.7, record::toString);
        assertTrue(record.get("items").intValue() > 30, record::toString);
    }

    @Test
    void theLookalikeTowerAndTheRecordOfItsTrainingStayAsTheyWere() {
        for (String tensor : List.of("transform.weight", "local.weight", "global.vector")) {
            assertEquals(trained.artifact().tensor(tensor), artifact.tensor(tensor));
        }
        assertEquals(
                trained.artifact().manifest().training().get("lookalike"),
                artifact.manifest().training().get("lookalike"));
        assertEquals(List.of("about"), artifact.manifest().content().fields());
    }

    @Test
    void trainedAgainTheWeightsAreTheSame() {
        ModelArtifact again = new ContentTraining(dataset, split, trained, ContentTraining.BUCKETS_BY_VALUES)
                .artifact()
                .orElseThrow();

        assertArrayEquals(artifact.weights(), again.weights());
        assertEquals(artifact.manifest(), again.manifest());
    }

    @Test
    void whereNothingIsKnownOfItemsThereIsNoContentModel() {
        assertEquals(Optional.empty(), new ContentTraining(TinyWorld.dataset(), split, trained, 64).artifact());
        Dataset unknown = withAttribute(TinyWorld.dataset(), new IdLists(new int[TinyWorld.ITEMS + 1], new int[0]));
        assertEquals(Optional.empty(), new ContentTraining(unknown, split, trained, 64).artifact());
    }

    @Test
    void casesAreFirstClicksOnColdItemsOnly() {
        SeedIndex seeds = SeedIndex.of(dataset.events(), dataset.items().size());
        Events events = dataset.events();
        ColdCases cold = ColdCases.of(dataset, seeds, split.phase2(), split.test(), item -> item % 2 == 0, 30);

        double auc = cold.auc((block, users, times, candidates) -> {
            for (int item : candidates.ids()) {
                assertEquals(0, item % 2);
                assertTrue(seeds.seedCount(item, block.start()) < 30);
            }
            for (int row = 0; row < users.length; row++) {
                assertTrue(times[row] >= block.start() && times[row] < block.end());
                int clicked = candidates.id(candidates.start(row));
                assertEquals(false, dataset.history().clickedBefore(users[row], clicked, block.start()));
                assertTrue(dataset.history().clickedBefore(users[row], clicked, times[row] + 1));
            }
            return new float[candidates.ids().length];
        });

        assertEquals(0.5, auc);
        assertTrue(cold.size() > 0 && cold.size() < events.size());
    }

    private static Dataset withContent(Dataset dataset) {
        IdLists.Builder groups = new IdLists.Builder();
        for (int item = 0; item < TinyWorld.ITEMS; item++) {
            for (int group = 0; group < GROUPS.size(); group++) {
                if (TinyWorld.suits(group, item)) {
                    groups.add(group);
                }
            }
            groups.endRow();
        }
        return withAttribute(dataset, groups.build());
    }

    private static Dataset withAttribute(Dataset dataset, IdLists values) {
        return Dataset.of(
                dataset.name(),
                dataset.users(),
                dataset.items(),
                List.of(new Attribute("about", Vocabulary.of(GROUPS), values)),
                dataset.events(),
                dataset.fields());
    }

    private static double dot(float[] left, float[] right) {
        double dot = 0;
        for (int d = 0; d < left.length; d++) {
            dot += (double) left[d] * right[d];
        }
        return dot;
    }
}
