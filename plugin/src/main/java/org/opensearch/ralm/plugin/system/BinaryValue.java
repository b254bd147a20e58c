package org.opensearch.ralm.plugin.system;

import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.util.BytesRef;

/** How a field of the core type {@code binary} keeps its value in doc values. */
public final class BinaryValue {

    private BinaryValue() {}

    /**
     * The first value of a document: what is read holds the number of its values, then each value after its length.
     *
     * @param docValue as Lucene reads it; shares its bytes with what is returned
     */
    public static BytesRef first(BytesRef docValue) {
        ByteArrayDataInput in = new ByteArrayDataInput(docValue.bytes, docValue.offset, docValue.length);
        in.readVInt();
        int length = in.readVInt();
        return new BytesRef(docValue.bytes, in.getPosition(), length);
    }
}
