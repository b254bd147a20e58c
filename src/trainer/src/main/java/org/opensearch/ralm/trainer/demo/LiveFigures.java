package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.opensearch.ralm.trainer.live.Quantiles;

/**
 * What was seen while the clicks came in.
 *
 * @param clicks how many there were
 * @param seconds how long they took
 * @param staleness seconds from a click's acknowledgement to its being counted, of a sample
 * @param pageMillis how long the searches beside took
 * @param newcomers the candidates that were new and came to be found, the fastest first
 */
record LiveFigures(
        int clicks, double seconds, Quantiles staleness, Quantiles pageMillis, List<Newcomers.Found> newcomers) {

    private static final int EXAMPLES = 3;

    void describe(ObjectNode json) {
        json.put("live_clicks", clicks).put("live_seconds", seconds);
        json.put("live_staleness_p50_s", staleness.at(0.5)).put("live_staleness_p99_s", staleness.at(0.99));
        json.put("live_search_p50_ms", pageMillis.at(0.5)).put("live_search_p99_ms", pageMillis.at(0.99));
        json.put("live_newcomers_found", newcomers.size());
        json.put("live_newcomer_p50_s", secondsToPage().at(0.5));
    }

    /** Lines for people. */
    String toText() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%,d clicks came in within %.0f s; one was counted %.1f s after its acknowledgement (p50), %.1f s (p99)%n",
                clicks,
                seconds,
                staleness.at(0.5),
                staleness.at(0.99)));
        text.append(String.format(
                Locale.ROOT,
                "A page of 10 meanwhile in %.1f ms (p50), %.1f ms (p99)%n",
                pageMillis.at(0.5),
                pageMillis.at(0.99)));
        text.append(String.format(
                Locale.ROOT,
                "%d new candidates were found, %.1f s after their first click (p50)%n",
                newcomers.size(),
                secondsToPage().at(0.5)));
        for (Newcomers.Found found : newcomers.subList(0, Math.min(EXAMPLES, newcomers.size()))) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %s was on a page %.1f s after its first click; seeds by then: %d%n",
                    found.candidate(),
                    found.seconds(),
                    found.seeds()));
        }
        return text.toString();
    }

    private Quantiles secondsToPage() {
        return new Quantiles(
                newcomers.stream().mapToDouble(Newcomers.Found::seconds).toArray());
    }
}
