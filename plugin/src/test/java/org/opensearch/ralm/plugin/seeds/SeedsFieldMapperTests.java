package org.opensearch.ralm.plugin.seeds;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.fielddata.ScriptDocValues;
import org.opensearch.index.mapper.DocumentMapper;
import org.opensearch.index.mapper.Mapper;
import org.opensearch.index.mapper.MapperParsingException;
import org.opensearch.index.mapper.MapperService;
import org.opensearch.index.mapper.MapperTestCase;
import org.opensearch.index.mapper.ParsedDocument;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.plugins.MapperPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.search.DocValueFormat;

public class SeedsFieldMapperTests extends MapperTestCase {

    private static final int DIMENSION = 4;

    /** Brings the field type only. */
    public static class SeedsPlugin extends Plugin implements MapperPlugin {
        @Override
        public Map<String, Mapper.TypeParser> getMappers() {
            return SeedsApi.mappers();
        }
    }

    @Override
    protected Collection<? extends Plugin> getPlugins() {
        return List.of(new SeedsPlugin());
    }

    private static byte[] block(int dimension) {
        LookalikeModel model =
                new LookalikeModel(TestModels.artifact("m", dimension, LookalikeForm.DEFAULT, new Random(1)));
        return SeedBlockCodec.encode(
                model.seedBlock(TestModels.clusters(3, dimension, new Random(2))), Encoding.FLOAT32);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    protected void minimalMapping(XContentBuilder b) throws IOException {
        b.field("type", "ralm_seeds").field("dimension", DIMENSION);
    }

    @Override
    protected void writeFieldValue(XContentBuilder builder) throws IOException {
        builder.value(base64(block(DIMENSION)));
    }

    @Override
    protected void registerParameters(ParameterChecker checker) throws IOException {
        checker.registerConflictCheck(
                "dimension", fieldMapping(this::minimalMapping), fieldMapping(b -> b.field("type", "ralm_seeds")
                        .field("dimension", DIMENSION + 1)));
    }

    @Override
    protected boolean supportsOrIgnoresBoost() {
        return false;
    }

    private DocumentMapper mapper() throws IOException {
        return createDocumentMapper(fieldMapping(this::minimalMapping));
    }

    public void testBlockBecomesOneBinaryDocValue() throws Exception {
        ParsedDocument parsed = mapper().parse(source(b -> b.field("field", base64(block(DIMENSION)))));
        IndexableField[] fields = parsed.rootDoc().getFields("field");
        assertEquals(1, fields.length);
        assertEquals(new BytesRef(block(DIMENSION)), fields[0].binaryValue());
    }

    /** {@code -Dralm.fuzz.rounds=100000} tries more than the build does. */
    public void testDamagedBlocksAreRefusedOrRead() throws Exception {
        DocumentMapper mapper = mapper();
        byte[] whole = block(DIMENSION);
        for (long seed = 1; seed <= Integer.getInteger("ralm.fuzz.rounds", 2_000); seed++) {
            Random random = new Random(seed);
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(8) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            StringBuilder text = new StringBuilder(base64(bytes));
            if (random.nextInt(4) == 0 && text.isEmpty() == false) {
                text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(300)));
            }
            try {
                mapper.parse(source(b -> b.field("field", text.toString())));
            } catch (MapperParsingException e) {
                assertEquals("seed " + seed, RestStatus.BAD_REQUEST, e.status());
            }
        }
    }

    public void testNullIsNoBlock() throws Exception {
        ParsedDocument parsed = mapper().parse(source(b -> b.nullField("field")));
        assertEquals(0, parsed.rootDoc().getFields("field").length);
    }

    public void testBlockOfAnotherDimensionIsRefused() throws Exception {
        DocumentMapper mapper = mapper();
        MapperParsingException e = expectThrows(
                MapperParsingException.class, () -> mapper.parse(source(b -> b.field("field", base64(block(5))))));
        assertTrue(e.getMessage(), e.getMessage().contains("failed to parse field [field] of type [ralm_seeds]"));
        assertTrue(e.getMessage(), e.getMessage().contains("document with id '1'"));
        assertEquals(
                "expected a seed block of dimension 4, the mapping's, but found one of dimension 5",
                e.getCause().getMessage());
    }

    public void testTruncatedBlockIsRefused() throws Exception {
        DocumentMapper mapper = mapper();
        byte[] whole = block(DIMENSION);
        for (int length = 0; length < whole.length; length++) {
            String truncated = base64(Arrays.copyOf(whole, length));
            MapperParsingException e = expectThrows(
                    MapperParsingException.class, () -> mapper.parse(source(b -> b.field("field", truncated))));
            assertTrue(e.getCause().getMessage(), e.getCause().getMessage().contains("malformed seed block"));
        }
    }

    public void testBlockOfANewerVersionIsKeptIfItsDimensionFits() throws Exception {
        byte[] newer = Arrays.copyOf(block(DIMENSION), 99);
        newer[0] = 2;
        ParsedDocument parsed = mapper().parse(source(b -> b.field("field", base64(newer))));
        assertEquals(new BytesRef(newer), parsed.rootDoc().getField("field").binaryValue());
        newer[4]++;
        DocumentMapper mapper = mapper();
        expectThrows(MapperParsingException.class, () -> mapper.parse(source(b -> b.field("field", base64(newer)))));
    }

    public void testArraysAndObjectsAreRefused() throws Exception {
        DocumentMapper mapper = mapper();
        expectThrows(
                MapperParsingException.class,
                () -> mapper.parse(source(b -> b.array("field", base64(block(DIMENSION)), base64(block(DIMENSION))))));
        expectThrows(
                MapperParsingException.class,
                () -> mapper.parse(source(b -> b.startObject("field").endObject())));
        expectThrows(MapperParsingException.class, () -> mapper.parse(source(b -> b.field("field", 7))));
    }

    public void testDimensionIsRequiredAndBounded() {
        MapperParsingException missing = expectThrows(
                MapperParsingException.class,
                () -> createDocumentMapper(fieldMapping(b -> b.field("type", "ralm_seeds"))));
        assertTrue(missing.getMessage(), missing.getMessage().contains("needs [dimension]"));
        for (int dimension : new int[] {-1, 0, 1025}) {
            MapperParsingException e = expectThrows(
                    MapperParsingException.class,
                    () -> createDocumentMapper(
                            fieldMapping(b -> b.field("type", "ralm_seeds").field("dimension", dimension))));
            assertTrue(e.getMessage(), e.getMessage().contains("from 1 to 1024, but is [" + dimension + "]"));
        }
    }

    public void testBlocksCannotBeSearchedByValue() throws Exception {
        MapperService service = createMapperService(fieldMapping(this::minimalMapping));
        QueryShardException e = expectThrows(QueryShardException.class, () -> service.fieldType("field")
                .termQuery("x", createQueryShardContext(service)));
        assertTrue(e.getMessage(), e.getMessage().contains("only by [exists] and [ralm_score]"));
        expectThrows(
                IllegalArgumentException.class, () -> service.fieldType("field").docValueFormat("hex", null));
    }

    public void testScriptsAndDocValueFieldsReadTheBytes() throws Exception {
        MapperService service = createMapperService(fieldMapping(this::minimalMapping));
        withLeaf(service, leaf -> {
            SeedsFieldData.Leaf data = new SeedsFieldData("field").load(leaf);
            ScriptDocValues.BytesRefs values = (ScriptDocValues.BytesRefs) data.getScriptValues();
            values.setNextDocId(0);
            assertEquals(new BytesRef(block(DIMENSION)), values.getValue());
            var shown = data.getLeafValueFetcher(service.fieldType("field").docValueFormat(null, null));
            assertTrue(shown.advanceExact(0));
            assertArrayEquals(block(DIMENSION), Base64.getDecoder().decode((String) shown.nextValue()));
            assertSame(DocValueFormat.BINARY, service.fieldType("field").docValueFormat(null, null));
        });
    }

    public void testSourceIsDerivedFromTheDocValue() throws Exception {
        MapperService service = createMapperService(fieldMapping(this::minimalMapping));
        SeedsFieldMapper mapper =
                (SeedsFieldMapper) service.documentMapper().mappers().getMapper("field");
        mapper.canDeriveSource();
        withLeaf(service, leaf -> {
            XContentBuilder builder = XContentFactory.jsonBuilder().startObject();
            mapper.deriveSource(builder, leaf.reader(), 0);
            String json = BytesReference.bytes(builder.endObject()).utf8ToString();
            assertEquals("{\"field\":\"" + base64(block(DIMENSION)) + "\"}", json);
        });
    }

    private interface LeafCheck {
        void check(LeafReaderContext leaf) throws IOException;
    }

    private void withLeaf(MapperService service, LeafCheck check) throws IOException {
        try (Directory directory = newDirectory();
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()))) {
            Document document = new Document();
            service
                    .documentMapper()
                    .parse(source(b -> b.field("field", base64(block(DIMENSION)))))
                    .rootDoc()
                    .getFields()
                    .stream()
                    .filter(field -> field.name().equals("field"))
                    .forEach(document::add);
            writer.addDocument(document);
            try (DirectoryReader reader = DirectoryReader.open(writer)) {
                check.check(reader.leaves().get(0));
            }
        }
    }
}
