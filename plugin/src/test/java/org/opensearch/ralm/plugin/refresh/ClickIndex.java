package org.opensearch.ralm.plugin.refresh;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.opensearch.index.engine.Engine;
import org.opensearch.index.mapper.BinaryFieldMapper.CustomBinaryDocValuesField;
import org.opensearch.index.mapper.SeqNoFieldMapper;
import org.opensearch.index.mapper.VersionFieldMapper;
import org.opensearch.ralm.plugin.click.ClickFields;
import org.opensearch.ralm.plugin.click.ClickId;
import org.opensearch.ralm.plugin.click.VectorFields;

/** Clicks in a Lucene index as a shard would hold them, without the shard. */
final class ClickIndex implements Closeable {

    private static final VectorFields FIELDS = VectorFields.ofSlot(0);

    private final IndexWriter writer;
    private final Map<String, Long> versions = new HashMap<>();

    ClickIndex(Directory directory) throws IOException {
        writer = new IndexWriter(directory, new IndexWriterConfig());
    }

    /** Writes a click; a null vector is that of an unknown user. */
    void write(long seqNo, String candidate, String user, Instant time, String model, float[] vector)
            throws IOException {
        String id = ClickId.of(candidate, user);
        write(id, versions.merge(id, 1L, Long::sum), seqNo, candidate, user, time, model, vector);
    }

    /** Writes a click that is not to be repeated; nothing of it is held in memory. */
    void writeOnce(long seqNo, String candidate, String user, Instant time, String model, float[] vector)
            throws IOException {
        write(ClickId.of(candidate, user), 1, seqNo, candidate, user, time, model, vector);
    }

    private void write(
            String id,
            long version,
            long seqNo,
            String candidate,
            String user,
            Instant time,
            String model,
            float[] vector)
            throws IOException {
        Document document = new Document();
        document.add(new StringField("_id", id, Store.NO));
        document.add(new LongPoint(SeqNoFieldMapper.NAME, seqNo));
        document.add(new NumericDocValuesField(SeqNoFieldMapper.NAME, seqNo));
        document.add(new NumericDocValuesField(SeqNoFieldMapper.PRIMARY_TERM_NAME, 1));
        document.add(new NumericDocValuesField(VersionFieldMapper.NAME, version));
        keyword(document, ClickFields.CANDIDATE, candidate);
        keyword(document, ClickFields.USER, user);
        document.add(new SortedNumericDocValuesField(ClickFields.TIME, time.toEpochMilli()));
        document.add(new SortedNumericDocValuesField(ClickFields.RECEIVED, time.toEpochMilli()));
        if (vector == null) {
            document.add(new StringField(FIELDS.unknownUser(), "T", Store.NO));
        } else {
            keyword(document, FIELDS.model(), model);
            byte[] bytes = Base64.getDecoder().decode(ClickFields.encoded(vector));
            document.add(new CustomBinaryDocValuesField(FIELDS.vector(), bytes));
        }
        writer.updateDocument(new Term("_id", id), document);
    }

    private static void keyword(Document document, String field, String value) {
        document.add(new StringField(field, value, Store.NO));
        document.add(new SortedSetDocValuesField(field, new BytesRef(value)));
    }

    void delete(String candidate, String user) throws IOException {
        versions.remove(ClickId.of(candidate, user));
        writer.deleteDocuments(new Term("_id", ClickId.of(candidate, user)));
    }

    /** What a shard would show that has processed all writes up to a mark. */
    ClickSnapshot snapshot(String model, long mark) throws IOException {
        DirectoryReader reader = DirectoryReader.open(writer);
        Engine.Searcher searcher = new Engine.Searcher(
                "test",
                reader,
                IndexSearcher.getDefaultSimilarity(),
                null,
                IndexSearcher.getDefaultQueryCachingPolicy(),
                reader);
        return new ClickSnapshot(searcher, FIELDS, model, mark);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
