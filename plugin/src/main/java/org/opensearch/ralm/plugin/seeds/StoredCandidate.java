package org.opensearch.ralm.plugin.seeds;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.opensearch.action.get.GetResponse;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;

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
    static StoredCandidate of(GetResponse response, String seedsField, String targetField) {
        Map<String, Object> source = response.getSourceAsMap();
        List<String> seedUsers =
                source.get(seedsField) instanceof List<?> list ? (List<String>) list : List.<String>of();
        Map<String, Object> object =
                source.get(targetField) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.<String, Object>of();
        return new StoredCandidate(response.getSeqNo(), response.getPrimaryTerm(), seedUsers, object);
    }

    /** The seed block in an object, or null if there is none. */
    static SeedBlock block(Map<String, Object> object) {
        return object.get("seeds") instanceof String base64
                ? SeedBlockCodec.decode(Base64.getDecoder().decode(base64))
                : null;
    }

    /** How many of the seeds had no vector. */
    int unknownUsers() {
        return object.get("unknown_users") instanceof Number number ? number.intValue() : 0;
    }
}
