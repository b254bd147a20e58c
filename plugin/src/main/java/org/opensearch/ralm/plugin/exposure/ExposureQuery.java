package org.opensearch.ralm.plugin.exposure;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.opensearch.ralm.kernel.KernelParameters;
import org.opensearch.ralm.kernel.SeedBlockKernel;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.BinaryValue;

/**
 * Matches the candidates to whose best users a user belongs; those without thresholds of such scores are no matches.
 *
 * <p>Immutable; what scoring writes to belongs to a segment's iterator.
 */
public final class ExposureQuery extends Query {

    /** What scoring a candidate costs, in the arbitrary unit of two-phase iteration. */
    private static final float SCORE_COST = 1_000;

    private final String field;
    private final String exposureField;
    private final KernelParameters user;
    private final long scoring;
    private final ExposureRule rule;
    private final RalmStats stats;

    /**
     * @param field of the seed blocks, beside which the thresholds are
     * @param user with the model's own weights
     * @param stats count candidates without thresholds
     */
    public ExposureQuery(String field, KernelParameters user, ExposureRule rule, RalmStats stats) {
        this.field = field;
        this.exposureField = ExposureField.beside(field);
        this.user = user;
        this.scoring = ScoringFingerprint.of(user);
        this.rule = rule;
        this.stats = stats;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                BinaryDocValues blocks = context.reader().getBinaryDocValues(field);
                if (blocks == null) {
                    return null;
                }
                TwoPhaseIterator exposed = new Exposed(blocks, DocValues.getBinary(context.reader(), exposureField));
                return new DefaultScorerSupplier(new ConstantScoreScorer(score(), scoreMode, exposed));
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return DocValues.isCacheable(context, field, exposureField);
            }
        };
    }

    /** The candidates of one segment. Used by one thread. */
    private final class Exposed extends TwoPhaseIterator {

        private final BinaryDocValues blocks;
        private final BinaryDocValues thresholds;
        private final SeedBlockKernel kernel = new SeedBlockKernel(user);

        Exposed(BinaryDocValues blocks, BinaryDocValues thresholds) {
            super(blocks);
            this.blocks = blocks;
            this.thresholds = thresholds;
        }

        @Override
        public boolean matches() throws IOException {
            BytesRef block = blocks.binaryValue();
            if (kernel.accepts(block.bytes, block.offset, block.length) == false) {
                // Told as a cold candidate, not as one without thresholds.
                return true;
            }
            ExposureThresholds found = thresholds.advanceExact(blocks.docID())
                    ? new ExposureThresholds(BinaryValue.first(thresholds.binaryValue()))
                    : null;
            if (found == null || found.isOf(scoring) == false) {
                stats.count(Stat.UNEXPOSED_CANDIDATES);
                return false;
            }
            return kernel.score(block.bytes, block.offset, block.length) >= found.admitting(rule.topPercent());
        }

        @Override
        public float matchCost() {
            return SCORE_COST;
        }
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String any) {
        return "exposure(" + exposureField + ", top percent: " + rule.topPercent() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return sameClassAs(other)
                && field.equals(((ExposureQuery) other).field)
                && rule.equals(((ExposureQuery) other).rule)
                && isSame(user, ((ExposureQuery) other).user);
    }

    private static boolean isSame(KernelParameters a, KernelParameters b) {
        return a.fingerprint() == b.fingerprint()
                && Arrays.equals(a.user(), b.user())
                && Arrays.equals(a.query(), b.query())
                && a.temperature() == b.temperature()
                && a.sizeWeight() == b.sizeWeight()
                && a.alpha() == b.alpha()
                && a.beta() == b.beta();
    }

    @Override
    public int hashCode() {
        return Objects.hash(classHash(), field, rule, user.fingerprint(), Arrays.hashCode(user.user()));
    }
}
