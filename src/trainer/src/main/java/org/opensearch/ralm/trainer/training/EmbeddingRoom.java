package org.opensearch.ralm.trainer.training;

/** How much memory embeddings may be kept in. Not safe for use by several threads. */
final class EmbeddingRoom {

    private static final int SHARE_OF_HEAP = 4;

    private long bytes;

    EmbeddingRoom(long bytes) {
        this.bytes = bytes;
    }

    /** A quarter of the heap at its largest. */
    static EmbeddingRoom ofHeap() {
        return new EmbeddingRoom(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** Takes some bytes if they are left. */
    boolean take(long wanted) {
        boolean enough = wanted <= bytes;
        bytes -= enough ? wanted : 0;
        return enough;
    }
}
