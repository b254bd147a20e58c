package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.search.DocIdSetIterator;

/** Vectors as Lucene indexes them. */
final class IndexedVectors implements SegmentVectors {

    private final FloatVectorValues values;
    private final DocIndexIterator users;

    IndexedVectors(FloatVectorValues values) {
        this.values = values;
        this.users = values.iterator();
    }

    @Override
    public DocIdSetIterator users() {
        return users;
    }

    @Override
    public float[] vector() throws IOException {
        return values.vectorValue(users.index());
    }
}
