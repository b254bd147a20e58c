package org.opensearch.ralm.plugin.exposure;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.opensearch.ralm.plugin.system.BinaryValue;

/** The thresholds of one segment's candidates, in the light of one rule. Used by one thread, which goes forward only. */
public final class SegmentExposure {

    private final ExposureRule rule;
    private final long fingerprint;
    private final BinaryDocValues values;
    private ExposureThresholds thresholds;

    /**
     * @param field of the thresholds
     * @param fingerprint of the model whose thresholds count
     */
    public SegmentExposure(LeafReader segment, String field, ExposureRule rule, long fingerprint) throws IOException {
        this.rule = rule;
        this.fingerprint = fingerprint;
        this.values = DocValues.getBinary(segment, field);
    }

    /** Whether a candidate has thresholds under the model. */
    public boolean advance(int doc) throws IOException {
        thresholds = values.advanceExact(doc) ? new ExposureThresholds(BinaryValue.first(values.binaryValue())) : null;
        return thresholds != null && thresholds.isOf(fingerprint);
    }

    /** The raw score that the rule wants of a user; only after {@link #advance} said yes. */
    public double lowest() {
        return thresholds.lowest(rule.topPercent());
    }
}
