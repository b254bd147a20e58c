package org.opensearch.ralm.plugin.seeds;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;
import org.opensearch.common.xcontent.support.XContentMapValues;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.index.mapper.DerivedFieldGenerator;
import org.opensearch.index.mapper.FieldMapper;
import org.opensearch.index.mapper.FieldValueFetcher;
import org.opensearch.index.mapper.MapperParsingException;
import org.opensearch.index.mapper.ParametrizedFieldMapper;
import org.opensearch.index.mapper.ParseContext;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.block.SeedBlockLayout;
import org.opensearch.ralm.plugin.feed.SeedField;

/**
 * A field that holds one seed block, given as a base64 string and kept as a binary doc value.
 *
 * <p>Blocks are decoded once when they are indexed, so that scoring may trust what it reads: malformed blocks, blocks
 * of another dimension and more than one block in a document are refused.
 */
public final class SeedsFieldMapper extends ParametrizedFieldMapper {

    /** The name of the type in mappings. */
    public static final String CONTENT_TYPE = SeedField.TYPE;

    /** Reads the field's definition in a mapping. */
    public static final TypeParser PARSER = new TypeParser((name, context) -> new Builder(name));

    private final int dimension;

    private SeedsFieldMapper(String simpleName, SeedsFieldType type, MultiFields multiFields, CopyTo copyTo) {
        super(simpleName, type, multiFields, copyTo);
        this.dimension = type.dimension();
    }

    @Override
    protected void parseCreateField(ParseContext context) throws IOException {
        XContentParser parser = context.parser();
        Token token = parser.currentToken();
        if (token == Token.VALUE_NULL) {
            return;
        }
        if (token != Token.VALUE_STRING) {
            throw new IllegalArgumentException("expected one seed block as a base64 string, but found " + token);
        }
        if (context.doc().getField(name()) != null) {
            throw new IllegalArgumentException("a document holds at most one seed block in field [" + name() + "]");
        }
        byte[] bytes = Base64.getDecoder().decode(parser.text());
        int found = dimensionOf(bytes);
        if (found != dimension) {
            throw new IllegalArgumentException("expected a seed block of dimension " + dimension
                    + ", the mapping's, but found one of dimension " + found);
        }
        context.doc().add(new BinaryDocValuesField(name(), new BytesRef(bytes)));
    }

    /** While nodes are upgraded, a copy of a shard may get blocks of a newer build; refusing them would fail the copy. */
    private static int dimensionOf(byte[] bytes) {
        return SeedBlockLayout.isNewer(bytes, 0, bytes.length)
                ? SeedBlockLayout.dimension(bytes, 0)
                : SeedBlockCodec.decode(bytes).dimension();
    }

    /** Takes arrays itself, so as to refuse them. */
    @Override
    public boolean parsesArrayValue() {
        return true;
    }

    @Override
    public ParametrizedFieldMapper.Builder getMergeBuilder() {
        return new Builder(simpleName()).init(this);
    }

    @Override
    protected String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    protected void canDeriveSourceInternal() {
        checkDocValuesForDerivedSource();
    }

    @Override
    protected DerivedFieldGenerator derivedFieldGenerator() {
        return new DerivedFieldGenerator(fieldType(), new Base64Fetcher(name(), simpleName()), null);
    }

    /** The definition of a field in a mapping. */
    public static final class Builder extends ParametrizedFieldMapper.Builder {

        private final Parameter<Integer> dimension = new Parameter<>(
                        "dimension",
                        false,
                        () -> null,
                        (name, context, value) -> XContentMapValues.nodeIntegerValue(value),
                        mapper -> dimensionOf(mapper))
                .setValidator(this::checkDimension);

        private final Parameter<Map<String, String>> meta = Parameter.metaParam();

        Builder(String name) {
            super(name);
        }

        @Override
        protected List<Parameter<?>> getParameters() {
            return List.of(dimension, meta);
        }

        @Override
        public SeedsFieldMapper build(BuilderContext context) {
            SeedsFieldType type = new SeedsFieldType(buildFullName(context), dimension.get(), meta.get());
            return new SeedsFieldMapper(name, type, multiFieldsBuilder.build(this, context), copyTo.build());
        }

        private void checkDimension(Integer value) {
            if (value == null) {
                throw new MapperParsingException("field [" + name + "] of type [" + CONTENT_TYPE
                        + "] needs [dimension], the width of the model's look-alike vectors, from 1 to "
                        + SeedBlock.MAX_DIMENSION);
            }
            if (value < 1 || value > SeedBlock.MAX_DIMENSION) {
                throw new MapperParsingException("[dimension] of field [" + name + "] must be from 1 to "
                        + SeedBlock.MAX_DIMENSION + ", but is [" + value + "]");
            }
        }

        private static Integer dimensionOf(FieldMapper mapper) {
            return ((SeedsFieldMapper) mapper).dimension;
        }
    }

    /** Gives a document's block back in base64, for a source that is not stored. */
    private static final class Base64Fetcher extends FieldValueFetcher {

        private final String field;

        Base64Fetcher(String field, String simpleName) {
            super(simpleName);
            this.field = field;
        }

        @Override
        public List<Object> fetch(LeafReader reader, int docId) throws IOException {
            BinaryDocValues blocks = DocValues.getBinary(reader, field);
            if (blocks.advanceExact(docId) == false) {
                return List.of();
            }
            BytesRef block = BytesRef.deepCopyOf(blocks.binaryValue());
            return List.of(Base64.getEncoder().encodeToString(block.bytes));
        }
    }
}
