package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.opensearch.common.CheckedConsumer;
import org.opensearch.test.OpenSearchTestCase;

public class SegmentVectorsTests extends OpenSearchTestCase {

    private static final float[][] USERS = {{1, 2, 3}, null, {-0.5f, 1e-10f, 1e10f}, {0, 0, 0}};

    private static void withSegment(BiConsumer<Document, float[]> write, CheckedConsumer<LeafReader, IOException> test)
            throws IOException {
        try (Directory directory = new ByteBuffersDirectory();
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            for (float[] user : USERS) {
                Document document = new Document();
                write.accept(document, user);
                writer.addDocument(document);
            }
            try (DirectoryReader reader = DirectoryReader.open(writer)) {
                test.accept(reader.leaves().get(0).reader());
            }
        }
    }

    private static void assertVectors(SegmentVectors vectors) throws IOException {
        for (int user = 0; user < USERS.length; user++) {
            boolean there = vectors.users().docID() == user
                    || vectors.users().docID() < user && vectors.users().advance(user) == user;
            float[] vector = there ? vectors.vector() : null;
            assertArrayEquals("user " + user, USERS[user], vector, 0);
        }
        if (vectors.users().docID() != DocIdSetIterator.NO_MORE_DOCS) {
            assertEquals(DocIdSetIterator.NO_MORE_DOCS, vectors.users().nextDoc());
        }
    }

    public void testVectorsThatAreIndexed() throws IOException {
        withSegment(
                (document, user) -> {
                    if (user != null) {
                        document.add(new KnnFloatVectorField("vector", user));
                    }
                },
                segment -> {
                    assertVectors(SegmentVectors.of(segment, 3, false));
                    IllegalArgumentException e =
                            expectThrows(IllegalArgumentException.class, () -> SegmentVectors.of(segment, 4, false));
                    assertEquals(
                            "[ralm_audience] needs vectors of 4 float32 numbers, but field [vector] has 3 of type "
                                    + "FLOAT32",
                            e.getMessage());
                });
    }

    public void testVectorsInDocValues() throws IOException {
        withSegment(
                (document, user) -> {
                    if (user != null) {
                        ByteBuffer bytes = ByteBuffer.allocate(user.length * Float.BYTES);
                        bytes.asFloatBuffer().put(user);
                        document.add(new BinaryDocValuesField("vector", new BytesRef(bytes.array())));
                    }
                },
                segment -> {
                    assertVectors(SegmentVectors.of(segment, 3, false));
                    SegmentVectors wide = SegmentVectors.of(segment, 4, false);
                    assertEquals(0, wide.users().nextDoc());
                    assertNull(wide.vector());
                });
    }

    public void testVectorsInTheSource() throws IOException {
        withSegment(
                (document, user) -> document.add(source("{\"tags\": [{\"vector\": [7]}], "
                        + (user == null ? "" : "\"vector\": " + Arrays.toString(user) + ", ")
                        + "\"model\": \"m1\"}")),
                segment -> assertVectors(SegmentVectors.of(segment, 3, true)));
    }

    public void testWhatIsNoVectorOfTheDimensionIsNone() throws IOException {
        for (String value :
                new String[] {"[1, 2]", "[1, 2, 3, 4]", "[]", "5", "null", "[1, \"x\", 3]", "[[1, 2, 3]]"}) {
            withSegment((document, user) -> document.add(source("{\"vector\": " + value + "}")), segment -> {
                SegmentVectors vectors = SegmentVectors.of(segment, 3, true);
                assertEquals(0, vectors.users().nextDoc());
                assertNull(value, vectors.vector());
            });
        }
    }

    public void testSegmentsWithoutVectorsHaveNone() throws IOException {
        withSegment(
                (document, user) -> document.add(source("{}")),
                segment -> assertNull(SegmentVectors.of(segment, 3, false)));
    }

    public void testVectorsOfBytesAreRefused() throws IOException {
        withSegment(
                (document, user) -> document.add(new KnnByteVectorField("vector", new byte[] {1, 2, 3})),
                segment -> expectThrows(IllegalArgumentException.class, () -> SegmentVectors.of(segment, 3, false)));
    }

    private static StoredField source(String json) {
        return new StoredField("_source", json.getBytes(StandardCharsets.UTF_8));
    }
}
