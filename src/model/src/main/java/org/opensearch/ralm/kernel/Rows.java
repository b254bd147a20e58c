package org.opensearch.ralm.kernel;

/**
 * The arithmetic of vectors that lie in bytes in one encoding, row after row without gaps.
 *
 * <p>Implementations differ in speed and in the order of sums, hence by roundings. Stateless, safe for use by several
 * threads.
 */
interface Rows {

    /**
     * The products of a vector with each of some rows of its length.
     *
     * @param vector h values
     * @param rows holds the rows
     * @param offset where the first row begins
     * @param scales where the factors of the rows begin, float32; of int8 rows only
     * @param count the number of rows
     * @param into where the products go
     */
    void products(float[] vector, byte[] rows, int offset, int scales, int count, float[] into);

    /**
     * The weighted sum of some rows.
     *
     * @param weights of the rows
     * @param rows holds the rows
     * @param offset where the first row begins
     * @param scales where the factors of the rows begin, float32; of int8 rows only
     * @param count the number of rows
     * @param into where the sum goes, h values
     */
    void mix(float[] weights, byte[] rows, int offset, int scales, int count, float[] into);
}
