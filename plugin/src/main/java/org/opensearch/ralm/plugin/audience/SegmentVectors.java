package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * The look-alike vectors of one segment's users, in whichever way the users index has them. Used by one thread, which
 * goes forward only.
 */
interface SegmentVectors {

    /** The field of the vectors. */
    String FIELD = "vector";

    /** Users who may have a vector; it stands at the user whose vector is read. */
    DocIdSetIterator users();

    /** The vector of the user the iterator stands at; null if there is none that fits. May be overwritten by the next. */
    float[] vector() throws IOException;

    /**
     * The vectors of a segment; null if there are none.
     *
     * <p>k-NN indexes them as Lucene's vectors, or where its index has no {@code index.knn} as doc values. Numbers that
     * are mapped otherwise are to be found in order in the source only.
     *
     * @param inSource whether they are in the source only
     * @throws IllegalArgumentException if they are there, but not of this dimension or not float32
     */
    static SegmentVectors of(LeafReader segment, int dimension, boolean inSource) throws IOException {
        if (inSource) {
            return new SourceVectors(segment, dimension);
        }
        FieldInfo field = segment.getFieldInfos().fieldInfo(FIELD);
        if (field == null) {
            return null;
        }
        if (field.getVectorDimension() > 0) {
            boolean fits =
                    field.getVectorEncoding() == VectorEncoding.FLOAT32 && field.getVectorDimension() == dimension;
            if (fits == false) {
                throw new IllegalArgumentException("[ralm_audience] needs vectors of " + dimension
                        + " float32 numbers, but field [" + FIELD + "] has " + field.getVectorDimension() + " of type "
                        + field.getVectorEncoding());
            }
            return new IndexedVectors(segment.getFloatVectorValues(FIELD));
        }
        return field.getDocValuesType() == DocValuesType.BINARY
                ? new BinaryVectors(segment.getBinaryDocValues(FIELD), dimension)
                : null;
    }
}
