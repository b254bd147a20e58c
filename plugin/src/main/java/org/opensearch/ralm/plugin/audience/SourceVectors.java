package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import java.util.Set;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.index.mapper.SourceFieldMapper;

/** Vectors in documents' sources, which is slow: a source is read and parsed for each user. */
final class SourceVectors implements SegmentVectors {

    private final StoredFields stored;
    private final DocIdSetIterator users;
    private final float[] vector;

    SourceVectors(LeafReader segment, int dimension) throws IOException {
        this.stored = segment.storedFields();
        this.users = DocIdSetIterator.all(segment.maxDoc());
        this.vector = new float[dimension];
    }

    @Override
    public DocIdSetIterator users() {
        return users;
    }

    @Override
    public float[] vector() throws IOException {
        BytesRef source =
                stored.document(users.docID(), Set.of(SourceFieldMapper.NAME)).getBinaryValue(SourceFieldMapper.NAME);
        if (source == null) {
            return null;
        }
        BytesArray bytes = new BytesArray(source);
        try (XContentParser parser = XContentHelper.createParser(
                NamedXContentRegistry.EMPTY,
                DeprecationHandler.IGNORE_DEPRECATIONS,
                bytes,
                MediaTypeRegistry.xContentType(bytes))) {
            parser.nextToken();
            while (parser.nextToken() == Token.FIELD_NAME) {
                boolean found = parser.currentName().equals(FIELD);
                parser.nextToken();
                if (found) {
                    return isRead(parser) ? vector : null;
                }
                parser.skipChildren();
            }
        }
        return null;
    }

    /** Reads the vector; false if what is there is not one of this dimension. */
    private boolean isRead(XContentParser parser) throws IOException {
        if (parser.currentToken() != Token.START_ARRAY) {
            return false;
        }
        int d = 0;
        while (parser.nextToken() == Token.VALUE_NUMBER && d < vector.length) {
            vector[d++] = parser.floatValue();
        }
        return d == vector.length && parser.currentToken() == Token.END_ARRAY;
    }
}
