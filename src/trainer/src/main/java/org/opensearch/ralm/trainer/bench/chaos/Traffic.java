package org.opensearch.ralm.trainer.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import org.opensearch.ralm.trainer.live.Repeating;

/** The mixed load: clicks, candidates and queries at the same time, each from threads of its own. */
final class Traffic implements AutoCloseable {

    private static final long CLICKS_MILLIS = 200;
    private static final long CANDIDATES_MILLIS = 500;
    private static final long QUERIES_MILLIS = 100;

    private final List<Repeating> running = new ArrayList<>();

    /** Starts all. */
    Traffic(ClickLoad clicks, CandidateLoad candidates, List<QueryLoad> queries) {
        running.add(new Repeating(clicks::step, CLICKS_MILLIS));
        running.add(new Repeating(candidates::step, CANDIDATES_MILLIS));
        queries.forEach(query -> running.add(new Repeating(query::step, QUERIES_MILLIS)));
    }

    /** Returns when every write that was begun has been acknowledged; throws why a load ended before. */
    @Override
    public void close() {
        RuntimeException first = null;
        for (Repeating load : running) {
            try {
                load.close();
            } catch (RuntimeException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
