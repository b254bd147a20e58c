package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;

/** Vectors as k-NN keeps them in doc values where it indexes none: float32 numbers, the highest byte first. */
final class BinaryVectors implements SegmentVectors {

    private final BinaryDocValues values;
    private final float[] vector;

    BinaryVectors(BinaryDocValues values, int dimension) {
        this.values = values;
        this.vector = new float[dimension];
    }

    @Override
    public DocIdSetIterator users() {
        return values;
    }

    @Override
    public float[] vector() throws IOException {
        BytesRef bytes = values.binaryValue();
        if (bytes.length != vector.length * Float.BYTES) {
            return null;
        }
        ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length).asFloatBuffer().get(vector);
        return vector;
    }
}
