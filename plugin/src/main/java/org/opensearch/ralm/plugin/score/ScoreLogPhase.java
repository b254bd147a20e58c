package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.opensearch.common.document.DocumentField;
import org.opensearch.search.fetch.FetchContext;
import org.opensearch.search.fetch.FetchSubPhase;
import org.opensearch.search.fetch.FetchSubPhaseProcessor;

/**
 * Adds {@code fields.ralm_log} to the hits where the request asks for it: an object for each {@code ralm_score}, be it in
 * the query or in a rescorer. Costs what scoring the hits that are returned costs.
 */
final class ScoreLogPhase implements FetchSubPhase {

    private static final int MOST_QUERIES = 32;

    @Override
    public FetchSubPhaseProcessor getProcessor(FetchContext context) {
        if (context.getSearchExt(ScoreLogBuilder.NAME) instanceof ScoreLogBuilder wanted) {
            List<ScoreLog> logs = logs(ScoreQueries.of(context), wanted);
            return logs.isEmpty() ? null : new Processor(logs);
        }
        return null;
    }

    private static List<ScoreLog> logs(List<RalmScoreQuery> queries, ScoreLogBuilder wanted) {
        List<ScoreLog> logs = new ArrayList<>();
        for (int position = 0; position < queries.size(); position++) {
            if (wanted.wants(queries.get(position).name())) {
                logs.add(new ScoreLog(queries.get(position), position));
            }
        }
        if (logs.size() > MOST_QUERIES) {
            throw new IllegalArgumentException("[ralm_log] tells of at most " + MOST_QUERIES
                    + " [ralm_score] queries, but there are " + logs.size() + ": name those that are wanted");
        }
        return logs;
    }

    /** Tells of the hits of a shard, segment by segment. Used by one thread. */
    private static final class Processor implements FetchSubPhaseProcessor {

        private final List<ScoreLog> logs;
        private final Map<String, StoredCandidates> candidates = new HashMap<>();

        private Processor(List<ScoreLog> logs) {
            this.logs = logs;
        }

        @Override
        public void setNextReader(LeafReaderContext segment) throws IOException {
            candidates.clear();
            for (ScoreLog log : logs) {
                if (candidates.containsKey(log.field()) == false) {
                    candidates.put(log.field(), new StoredCandidates(segment.reader(), log.field()));
                }
            }
        }

        @Override
        public void process(FetchSubPhase.HitContext hit) throws IOException {
            if (hit.hit().getNestedIdentity() != null) {
                return;
            }
            List<Object> entries = new ArrayList<>();
            for (ScoreLog log : logs) {
                entries.add(log.of(candidates.get(log.field()), hit.docId()));
            }
            hit.hit().setDocumentField(ScoreLogBuilder.NAME, new DocumentField(ScoreLogBuilder.NAME, entries));
        }
    }
}
