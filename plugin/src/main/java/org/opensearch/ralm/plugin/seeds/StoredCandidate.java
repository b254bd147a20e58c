package org.opensearch.ralm.plugin.seeds;

import java.util.List;
import java.util.Map;
import org.opensearch.action.get.GetResponse;

/**
 * A candidate as it is stored: its seeds, what was made of them, and the write it was last changed by.
 *
 * @param seqNo sequence number of that write
 * @param primaryTerm primary term of that write
 * @param seedUsers the seeds, in the order in which they came
 * @param object the object the seed block lies in; empty if there is none
 */
record StoredCandidate(long seqNo, long primaryTerm, List<String> seedUsers, Map<String, Object> object) {

    /** Reads the fields this class needs; both are members of the document's root. */
    @SuppressWarnings("unchecked")
    static StoredCandidate of(GetResponse response, String targetField) {
        Map<String, Object> source = response.getSourceAsMap();
        List<String> seedUsers = source.get(SeedsProcessor.SEEDS_FIELD) instanceof List<?> list
                ? (List<String>) list
                : List.<String>of();
        Map<String, Object> object =
                source.get(targetField) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.<String, Object>of();
        return new StoredCandidate(response.getSeqNo(), response.getPrimaryTerm(), seedUsers, object);
    }
}
