package org.opensearch.ralm.plugin.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;

class RalmScoreQueryTests {

    private static final String FIELD = "ralm.seeds";

    private final Random random = new Random(7);
    private final LookalikeModel model = model();
    private final RalmStats stats = new RalmStats();

    private LookalikeModel model() {
        return new LookalikeModel(TestModels.artifact("m", 4, LookalikeForm.DEFAULT, random));
    }

    private byte[] block(LookalikeModel of) {
        return SeedBlockCodec.encode(of.seedBlock(TestModels.clusters(3, 4, random)), Encoding.FLOAT32);
    }

    /** Indexing refuses such bytes; should a disk bring them forth, the shard is not to fail of them. */
    @Test
    void candidatesWithoutABlockOfTheModelAreNoMatches() throws IOException {
        byte[] good = block(model);
        byte[] unknownVersion = block(model);
        unknownVersion[0] = 9;
        byte[][] blocks = {
            null, block(model()), new byte[0], {1, 2, 3}, Arrays.copyOf(good, good.length - 1), unknownVersion, good
        };
        try (Directory directory = new ByteBuffersDirectory()) {
            index(directory, blocks);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                TopDocs hits = searcher.search(query(), 10);
                assertEquals(1, hits.totalHits.value());
                assertEquals(blocks.length - 1, hits.scoreDocs[0].doc);
                assertEquals(blocks.length - 2, stats.get(Stat.COLD_CANDIDATES), "those that have some block");
                for (int doc = 0; doc < blocks.length - 1; doc++) {
                    assertFalse(searcher.explain(query(), doc).isMatch());
                }
            }
        }
    }

    private RalmScoreQuery query() {
        float[] user = TestModels.unitVector(4, new Random(1));
        ScoreParameters parameters =
                ScoreParameters.of(ScoreRequest.of(Map.of("feed", "f", "user_id", "u")), FIELD, user, model);
        return new RalmScoreQuery(new MatchAllDocsQuery(), new HitScores(parameters, null), null, stats);
    }

    private static void index(Directory directory, byte[]... blocks) throws IOException {
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            for (byte[] block : blocks) {
                Document document = new Document();
                if (block != null) {
                    document.add(new BinaryDocValuesField(FIELD, new BytesRef(block)));
                }
                writer.addDocument(document);
            }
        }
    }
}
