package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.NumberType;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.ralm.plugin.feed.RecallField;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * Leaves to be scored only the candidates whose global embeddings are nearest to the user, found in the graph of a
 * {@code knn_vector} beside the seed blocks: {@code "recall": {"k": 2000}}.
 *
 * @param k how many candidates of each shard are scored at most, 1 to {@value #MAX_K}
 */
record Recall(int k) implements Writeable, ToXContentFragment {

    static final String NAME = "recall";

    private static final int MAX_K = 100_000;

    /** What k-NN writes beside vectors that engines other than Lucene search. */
    private static final String OTHER_ENGINE = "engine";

    static Recall read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "recall");
        return new Recall(members.readVInt());
    }

    static Recall fromXContent(XContentParser parser) throws IOException {
        Recall recall = null;
        if (parser.currentToken() != Token.START_OBJECT) {
            throw fault(parser, "[" + NAME + "] must be an object such as {\"k\": 2000}");
        }
        while (parser.nextToken() != Token.END_OBJECT) {
            String member = parser.currentName();
            Token token = parser.nextToken();
            if (member.equals("k") == false) {
                throw fault(parser, "[" + member + "] is not a known member of [" + NAME + "], expected [k]");
            }
            boolean integer = token == Token.VALUE_NUMBER && parser.numberType() == NumberType.INT;
            if (integer == false || parser.intValue() < 1 || parser.intValue() > MAX_K) {
                throw fault(
                        parser,
                        "[k] of [" + NAME + "] must be an integer from 1 to " + MAX_K + ", but is ["
                                + (token.isValue() ? parser.text() : token) + "]");
            }
            recall = new Recall(parser.intValue());
        }
        if (recall == null) {
            throw fault(parser, "[k] of [" + NAME + "] is missing");
        }
        return recall;
    }

    /**
     * The candidates that are left.
     *
     * @param filter only candidates that match it are looked for; null for any
     * @throws IllegalArgumentException if there is no graph that could be searched, or the user's vector is zero
     */
    Query candidates(QueryShardContext context, ScoreParameters parameters, Query filter) {
        String field = RecallField.beside(parameters.field());
        if (isSearchable(context, field, parameters.dimension()) == false) {
            throw new IllegalArgumentException("[" + NAME + "] needs field [" + field + "] of type ["
                    + RecallField.TYPE + "], dimension [" + parameters.dimension()
                    + "] and engine [lucene] in an index with [index.knn]");
        }
        if (isZero(parameters.user())) {
            throw new IllegalArgumentException("[" + NAME + "] needs a user's vector that is not zero");
        }
        return new KnnFloatVectorQuery(field, parameters.user(), k, filter);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> members.writeVInt(k));
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject(NAME).field("k", k).endObject();
    }

    private static boolean isSearchable(QueryShardContext context, String field, int dimension) {
        MappedFieldType type = context.fieldMapper(field);
        if (type == null || type.typeName().equals(RecallField.TYPE) == false) {
            return false;
        }
        IndexReader reader = context.getIndexReader();
        return reader == null
                || reader.leaves().stream()
                        .map(leaf -> leaf.reader().getFieldInfos().fieldInfo(field))
                        .allMatch(info -> info == null || isSearchable(info, dimension));
    }

    private static boolean isSearchable(FieldInfo info, int dimension) {
        return info.getVectorDimension() == dimension && info.getAttribute(OTHER_ENGINE) == null;
    }

    private static boolean isZero(float[] vector) {
        for (float value : vector) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private static ParsingException fault(XContentParser parser, String message) {
        return new ParsingException(parser.getTokenLocation(), message);
    }
}
