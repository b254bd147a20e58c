package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.opensearch.ralm.kernel.Audience;
import org.opensearch.ralm.kernel.AudienceKernel;

/** One search's scoring of users, segment by segment. Immutable. */
final class RalmAudienceWeight extends Weight {

    private final Weight users;
    private final ResolvedAudience resolved;
    private final boolean inSource;
    private final Audience audience;
    private final float boost;

    RalmAudienceWeight(Query query, Weight users, ResolvedAudience resolved, boolean inSource, float boost) {
        super(query);
        this.users = users;
        this.resolved = resolved;
        this.inSource = inSource;
        this.audience = resolved.audience();
        this.boost = boost;
    }

    private SegmentVectors vectors(LeafReaderContext context) throws IOException {
        return SegmentVectors.of(context.reader(), resolved.dimension(), inSource);
    }

    @Override
    public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
        ScorerSupplier supplier = users.scorerSupplier(context);
        SegmentVectors vectors = supplier == null ? null : vectors(context);
        if (vectors == null) {
            return null;
        }
        return new ScorerSupplier() {
            @Override
            public Scorer get(long leadCost) throws IOException {
                AudienceKernel kernel = new AudienceKernel(audience);
                return new RalmAudienceScorer(supplier.get(leadCost), vectors, kernel, resolved, boost);
            }

            @Override
            public long cost() {
                return supplier.cost();
            }
        };
    }

    /** A segment's vectors never change. */
    @Override
    public boolean isCacheable(LeafReaderContext context) {
        return users.isCacheable(context);
    }

    @Override
    public Explanation explain(LeafReaderContext context, int doc) throws IOException {
        Explanation match = users.explain(context, doc);
        if (match.isMatch() == false) {
            return Explanation.noMatch(
                    "ralm_audience: not a match of the inner query, a seed, or a user of another model", match);
        }
        SegmentVectors vectors = vectors(context);
        float[] vector = vectors != null && vectors.users().advance(doc) == doc ? vectors.vector() : null;
        return vector == null
                ? Explanation.noMatch("ralm_audience: no vector of " + resolved.dimension() + " numbers in field ["
                        + SegmentVectors.FIELD + "]")
                : new AudienceExplanation(resolved, boost).explain(new AudienceKernel(audience), vector);
    }
}
