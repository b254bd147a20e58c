package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.util.BytesRef;
import org.opensearch.ralm.kernel.SeedBlockKernel;
import org.opensearch.ralm.plugin.seeds.SeedObject;

/** Tells what one query has computed of hits. Used by one thread. */
final class ScoreLog {

    private final RalmScoreQuery query;
    private final int position;
    private final ScoreParameters parameters;
    private final SeedBlockKernel kernel;

    /**
     * @param position the query's place among those of the request
     */
    ScoreLog(RalmScoreQuery query, int position) {
        this.query = query;
        this.position = position;
        this.parameters = query.parameters();
        this.kernel = new SeedBlockKernel(parameters.forKernel());
    }

    /** The field of seed blocks. */
    String field() {
        return parameters.field();
    }

    /** What is logged of a hit, in the order in which it is shown. */
    Map<String, Object> of(StoredCandidates candidates, int hit) throws IOException {
        Map<String, Object> log = new LinkedHashMap<>();
        if (query.name() == null) {
            log.put("position", position);
        } else {
            log.put("name", query.name());
        }
        log.put("model", parameters.model());
        BytesRef block = candidates.block(hit);
        if (block == null || kernel.accepts(block.bytes, block.offset, block.length) == false) {
            log.put("state", "none");
            return log;
        }
        double raw = kernel.score(block.bytes, block.offset, block.length);
        log.put("global", kernel.global());
        log.put("local", kernel.local());
        log.put("raw", raw);
        log.put("probability", parameters.calibration().probability(raw));
        String state = candidates.state(hit);
        boolean pseudo = state != null && SeedObject.isContentState(state);
        log.put("seed_count", pseudo ? candidates.seedCount(hit) : kernel.seeds());
        if (state != null) {
            log.put("state", pseudo ? "cold" : state);
        }
        return log;
    }
}
