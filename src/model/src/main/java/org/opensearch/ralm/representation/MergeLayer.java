package org.opensearch.ralm.representation;

import org.ejml.data.DMatrixRMaj;

/** Makes one vector of the vectors of a user's fields. */
interface MergeLayer {

    /** Whether users without any field have a row of their own beside the fields. */
    boolean hasDefaultRow();

    /** One merged vector a user. */
    DMatrixRMaj merge(FieldVectors fields);

    /** The weights of the fields for the first user, a row a head; none where fields are not weighted. */
    double[][] weights(FieldVectors fields);
}
