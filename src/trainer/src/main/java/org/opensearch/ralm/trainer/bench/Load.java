package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.opensearch.ralm.trainer.live.Quantiles;

/**
 * What the clicks met with.
 *
 * @param acknowledged clicks that were acknowledged, repeated ones included: all that were sent
 * @param distinct of them the different pairs of candidate and user, which all have to be counted
 * @param lost of these the ones that were not counted when waiting for them ended
 * @param surplus seeds that were counted without ever having been acknowledged
 * @param rejected how many times a click was turned away with 429 and sent again
 * @param rate clicks a second, from the first due to the last acknowledged
 * @param delays seconds from due to acknowledged
 * @param staleness seconds from acknowledged to counted, of a sample of clicks new to their candidate
 * @param drainSeconds from the last acknowledgement to all being counted
 * @param refreshCores CPU seconds of the refresh threads a second, while clicks were sent
 * @param serverCores CPU seconds of the whole server a second, while clicks were sent
 * @param backlog how it went while clicks were sent
 * @param heapMegabytes the largest of the samples of the heap in use
 */
record Load(
        long acknowledged,
        long distinct,
        long lost,
        long surplus,
        long rejected,
        double rate,
        Quantiles delays,
        Quantiles staleness,
        double drainSeconds,
        double refreshCores,
        double serverCores,
        Backlog backlog,
        double heapMegabytes) {

    void describe(ObjectNode json) {
        json.put("acknowledged", acknowledged).put("distinct", distinct);
        json.put("lost", lost).put("surplus", surplus).put("rejected", rejected);
        json.put("rate_reached", rate);
        json.put("acknowledge_p50_s", delays.at(0.5)).put("acknowledge_p99_s", delays.at(0.99));
        json.put("staleness_p50_s", staleness.at(0.5)).put("staleness_p99_s", staleness.at(0.99));
        json.put("staleness_max_s", staleness.at(1)).put("staleness_samples", staleness.size());
        json.put("drain_s", drainSeconds);
        json.put("refresh_core_share", refreshCores).put("server_cores", serverCores);
        json.put("backlog_start", backlog.start());
        json.put("backlog_middle", backlog.middle()).put("backlog_end", backlog.end());
        json.put("heap_peak_mb", heapMegabytes);
    }
}
