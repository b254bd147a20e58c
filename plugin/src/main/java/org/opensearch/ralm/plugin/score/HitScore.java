package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import org.apache.lucene.search.Explanation;

/** What the hits of one segment score, before the boost, by their raw scores. Used by one thread. */
interface HitScore {

    /**
     * The score of a hit, at least 0.
     *
     * @param raw α·global + β·local
     * @param candidate the document in its segment; each at least the one before
     */
    float of(double raw, int candidate) throws IOException;

    /** No hit scores more. */
    float most();

    /**
     * Tells how a score came about.
     *
     * @param raw tells how the raw score did, and has its value
     */
    Explanation explain(Explanation raw, int candidate) throws IOException;
}
