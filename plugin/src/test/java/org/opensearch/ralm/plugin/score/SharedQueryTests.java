package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LRUQueryCache;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.UsageTrackingQueryCachingPolicy;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.util.BytesRef;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.test.OpenSearchTestCase;

/** The query in Lucene: what may be remembered of it, and segments in parts. */
public class SharedQueryTests extends OpenSearchTestCase {

    private static final int DIMENSION = 6;
    private static final LookalikeModel MODEL = model("m1", 1);
    private static final LookalikeModel OTHER = model("m1", 2);
    private static final Query ALL = new MatchAllDocsQuery();

    private static LookalikeModel model(String id, long seed) {
        return new LookalikeModel(TestModels.artifact(id, DIMENSION, LookalikeForm.DEFAULT, new Random(seed)));
    }

    private static float[] user(long seed) {
        return TestModels.unitVector(DIMENSION, new Random(seed));
    }

    private static RalmScoreQuery query(
            Query candidates, String field, long user, LookalikeModel model, Map<String, Object> more) {
        List<Float> vector = new ArrayList<>();
        for (float value : user(user)) {
            vector.add(value);
        }
        Map<String, Object> members = new HashMap<>(more);
        members.putAll(Map.of("field", field, "model", "m1", "user_vector", vector));
        ScoreRequest request = ScoreRequest.of(members);
        ScoreParameters parameters = ScoreParameters.of(request, field, request.userVector(), model);
        return new RalmScoreQuery(candidates, new HitScores(parameters, null), null, new RalmStats());
    }

    private static RalmScoreQuery query(long user, LookalikeModel model) {
        return query(ALL, "seeds", user, model, Map.of());
    }

    /** Writes candidates with blocks of one model, of the other, and with none, by turns. */
    private static void index(RandomIndexWriter writer, int count) throws IOException {
        Random random = new Random(5);
        for (int c = 0; c < count; c++) {
            Document candidate = new Document();
            candidate.add(new StringField("lang", c % 2 == 0 ? "en" : "de", Store.NO));
            if (c % 3 < 2) {
                LookalikeModel model = c % 3 == 0 ? MODEL : OTHER;
                byte[] block = SeedBlockCodec.encode(
                        model.seedBlock(TestModels.clusters(1 + random.nextInt(4), DIMENSION, random)),
                        Encoding.FLOAT32);
                candidate.add(new BinaryDocValuesField("seeds", new BytesRef(block)));
            }
            writer.addDocument(candidate);
        }
    }

    public void testQueriesAreEqualOnlyIfAllTheyScoreByIs() {
        RalmScoreQuery query = query(1, MODEL);
        assertEquals(query, query(1, MODEL));
        assertEquals(query.hashCode(), query(1, MODEL).hashCode());
        for (Query other : List.of(
                query(2, MODEL),
                query(1, OTHER),
                query(new TermQuery(new Term("lang", "en")), "seeds", 1, MODEL, Map.of()),
                query(ALL, "grains", 1, MODEL, Map.of()),
                query(ALL, "seeds", 1, MODEL, Map.of("alpha", 0.9)),
                query(ALL, "seeds", 1, MODEL, Map.of("score", "probability")))) {
            assertNotEquals(query, other);
            assertNotEquals(query.hashCode(), other.hashCode());
        }
    }

    public void testFiltersAreRememberedEachForItself() throws IOException {
        try (Directory directory = newDirectory();
                RandomIndexWriter writer = new RandomIndexWriter(new Random(1), directory)) {
            index(writer, 120);
            writer.forceMerge(1);
            try (DirectoryReader reader = writer.getReader()) {
                LRUQueryCache cache = new LRUQueryCache(100, 10_000_000, leaf -> true, Float.POSITIVE_INFINITY);
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setQueryCache(cache);
                searcher.setQueryCachingPolicy(new UsageTrackingQueryCachingPolicy() {
                    @Override
                    public boolean shouldCache(Query query) {
                        return true;
                    }
                });
                Query english = new TermQuery(new Term("lang", "en"));
                for (int round = 0; round < 3; round++) {
                    assertEquals(40, count(searcher, query(1, MODEL)));
                    assertEquals(40, count(searcher, query(1, OTHER)));
                    assertEquals(20, count(searcher, query(english, "seeds", 1, MODEL, Map.of())));
                    assertEquals(0, count(searcher, query(ALL, "grains", 1, MODEL, Map.of())));
                }
                assertTrue(cache.getHitCount() > 0);
                assertTrue(cache.getCacheCount() > 0);
            }
        }
    }

    private static int count(IndexSearcher searcher, Query filter) throws IOException {
        return searcher.count(new BooleanQuery.Builder()
                .add(filter, Occur.FILTER)
                .add(ALL, Occur.MUST)
                .build());
    }

    public void testPartsOfSegmentsScoreAsTheWhole() throws Exception {
        try (Directory directory = newDirectory();
                RandomIndexWriter writer = new RandomIndexWriter(new Random(1), directory)) {
            index(writer, 300);
            try (DirectoryReader reader = writer.getReader()) {
                IndexSearcher whole = new IndexSearcher(reader);
                IndexSearcher parts = new IndexSearcher(reader, Runnable::run) {
                    @Override
                    protected LeafSlice[] slices(List<LeafReaderContext> leaves) {
                        return partitions(leaves);
                    }
                };
                for (Query candidates : List.of(ALL, new TermQuery(new Term("lang", "en")))) {
                    Query query = query(candidates, "seeds", 1, MODEL, Map.of());
                    assertTrue(whole.count(query) > 0);
                    for (int size : new int[] {5, 300}) {
                        ScoreDoc[] expected = whole.search(query, size).scoreDocs;
                        ScoreDoc[] found = parts.search(query, size).scoreDocs;
                        assertEquals(expected.length, found.length);
                        for (int i = 0; i < expected.length; i++) {
                            assertEquals(expected[i].doc, found[i].doc);
                            assertEquals(expected[i].score, found[i].score, 0);
                        }
                    }
                }
            }
        }
    }

    private static IndexSearcher.LeafSlice[] partitions(List<LeafReaderContext> leaves) {
        List<IndexSearcher.LeafSlice> slices = new ArrayList<>();
        for (LeafReaderContext leaf : leaves) {
            int documents = leaf.reader().maxDoc();
            for (int from = 0; from < documents; from += 7) {
                slices.add(new IndexSearcher.LeafSlice(
                        new ArrayList<>(List.of(IndexSearcher.LeafReaderContextPartition.createFromAndTo(
                                leaf, from, Math.min(from + 7, documents))))));
            }
        }
        return slices.toArray(IndexSearcher.LeafSlice[]::new);
    }

    public void testWeightIsRememberedAsLongAsTheBlocksAre() throws IOException {
        try (Directory directory = newDirectory();
                RandomIndexWriter writer = new RandomIndexWriter(new Random(1), directory)) {
            index(writer, 30);
            try (DirectoryReader reader = writer.getReader()) {
                IndexSearcher searcher = new IndexSearcher(reader);
                Weight weight = query(1, MODEL).createWeight(searcher, ScoreMode.COMPLETE_NO_SCORES, 1);
                for (LeafReaderContext leaf : reader.leaves()) {
                    assertTrue(weight.isCacheable(leaf));
                }
            }
        }
    }
}
