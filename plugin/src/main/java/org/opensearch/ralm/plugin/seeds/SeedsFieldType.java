package org.opensearch.ralm.plugin.seeds;

import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.search.Query;
import org.opensearch.index.fielddata.IndexFieldData;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.mapper.SourceValueFetcher;
import org.opensearch.index.mapper.TextSearchInfo;
import org.opensearch.index.mapper.ValueFetcher;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.search.DocValueFormat;
import org.opensearch.search.lookup.SearchLookup;

/** How a field of seed blocks is searched and shown: {@code exists} and {@code ralm_score} only. */
public final class SeedsFieldType extends MappedFieldType {

    private final int dimension;

    SeedsFieldType(String name, int dimension, Map<String, String> meta) {
        super(name, false, false, true, TextSearchInfo.NONE, meta);
        this.dimension = dimension;
    }

    /** The width of the vectors in the field's blocks. */
    public int dimension() {
        return dimension;
    }

    @Override
    public String typeName() {
        return SeedsFieldMapper.CONTENT_TYPE;
    }

    @Override
    public ValueFetcher valueFetcher(QueryShardContext context, SearchLookup searchLookup, String format) {
        return SourceValueFetcher.identity(name(), context, format);
    }

    @Override
    public DocValueFormat docValueFormat(String format, ZoneId timeZone) {
        if (format != null) {
            throw new IllegalArgumentException(
                    "field [" + name() + "] of type [" + typeName() + "] is shown in base64 and takes no format");
        }
        return DocValueFormat.BINARY;
    }

    @Override
    public IndexFieldData.Builder fielddataBuilder(String indexName, Supplier<SearchLookup> searchLookup) {
        return (cache, breakerService) -> new SeedsFieldData(name());
    }

    @Override
    public Query termQuery(Object value, QueryShardContext context) {
        throw new QueryShardException(
                context,
                "field [" + name() + "] of type [" + typeName()
                        + "] cannot be searched by its value, only by [exists] and [ralm_score]");
    }
}
