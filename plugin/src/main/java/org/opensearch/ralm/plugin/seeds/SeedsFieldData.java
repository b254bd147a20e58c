package org.opensearch.ralm.plugin.seeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.SortField;
import org.opensearch.common.util.BigArrays;
import org.opensearch.index.fielddata.FieldData;
import org.opensearch.index.fielddata.IndexFieldData;
import org.opensearch.index.fielddata.LeafFieldData;
import org.opensearch.index.fielddata.ScriptDocValues;
import org.opensearch.index.fielddata.SortedBinaryDocValues;
import org.opensearch.search.DocValueFormat;
import org.opensearch.search.MultiValueMode;
import org.opensearch.search.aggregations.support.CoreValuesSourceType;
import org.opensearch.search.aggregations.support.ValuesSourceType;
import org.opensearch.search.sort.BucketedSort;
import org.opensearch.search.sort.SortOrder;

/** Lets scripts and {@code docvalue_fields} read the bytes of seed blocks; they cannot be sorted by. */
final class SeedsFieldData implements IndexFieldData<SeedsFieldData.Leaf> {

    private final String field;

    SeedsFieldData(String field) {
        this.field = field;
    }

    @Override
    public String getFieldName() {
        return field;
    }

    @Override
    public ValuesSourceType getValuesSourceType() {
        return CoreValuesSourceType.BYTES;
    }

    @Override
    public Leaf load(LeafReaderContext context) {
        return new Leaf(context.reader());
    }

    @Override
    public Leaf loadDirect(LeafReaderContext context) {
        return load(context);
    }

    @Override
    public SortField sortField(
            Object missingValue, MultiValueMode sortMode, XFieldComparatorSource.Nested nested, boolean reverse) {
        throw unsorted();
    }

    @Override
    public BucketedSort newBucketedSort(
            BigArrays bigArrays,
            Object missingValue,
            MultiValueMode sortMode,
            XFieldComparatorSource.Nested nested,
            SortOrder sortOrder,
            DocValueFormat format,
            int bucketSize,
            BucketedSort.ExtraData extra) {
        throw unsorted();
    }

    private IllegalArgumentException unsorted() {
        return new IllegalArgumentException("field [" + field + "] of type [" + SeedsFieldMapper.CONTENT_TYPE
                + "] cannot be sorted or aggregated by");
    }

    /** The blocks of one segment. */
    final class Leaf implements LeafFieldData {

        private final LeafReader reader;

        Leaf(LeafReader reader) {
            this.reader = reader;
        }

        @Override
        public SortedBinaryDocValues getBytesValues() {
            try {
                return FieldData.singleton(DocValues.getBinary(reader, field));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ScriptDocValues<?> getScriptValues() {
            return new ScriptDocValues.BytesRefs(getBytesValues());
        }

        @Override
        public long ramBytesUsed() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
