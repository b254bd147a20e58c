package org.opensearch.ralm.plugin.refresh;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.action.get.MultiGetResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.ralm.plugin.ingest.CompleteDocument;
import org.opensearch.transport.client.Client;

/**
 * Reads documents as they are at the moment, and writes them back unless somebody else has meanwhile.
 *
 * <p>Waits for its answers, so it is for threads that may.
 */
final class DocumentStore {

    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(60);

    /** How long a write waits for a shard that has no primary just now; there will be another cycle. */
    private static final TimeValue SHARD_TIMEOUT = TimeValue.timeValueSeconds(10);

    private final Client client;

    DocumentStore(Client client) {
        this.client = client;
    }

    /** Reads documents; the answers are in the order of the requests, null for what is not there. */
    List<GetResponse> read(MultiGetRequest request) throws Exception {
        MultiGetItemResponse[] items = items(request);
        GetResponse[] documents = new GetResponse[items.length];
        for (int i = 0; i < items.length; i++) {
            if (items[i].isFailed()) {
                throw items[i].getFailure().getFailure();
            }
            GetResponse document = items[i].getResponse();
            documents[i] = isThere(document) ? document : null;
        }
        return Arrays.asList(documents);
    }

    /**
     * What became of reading candidates, by their ids; who is in neither is not there.
     *
     * @param documents those that are there
     * @param failures why some could not be looked for, as their shard has no copy just now
     */
    record Candidates(Map<String, GetResponse> documents, Map<String, Exception> failures) {}

    /**
     * Reads candidates.
     *
     * @param indices where they may be
     */
    Candidates read(Set<String> indices, Collection<String> ids) {
        MultiGetRequest request = new MultiGetRequest();
        for (String id : ids) {
            indices.forEach(index -> request.add(new MultiGetRequest.Item(index, id)));
        }
        Candidates candidates = new Candidates(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (MultiGetItemResponse item : items(request)) {
            if (item.isFailed()) {
                candidates.failures.put(item.getId(), item.getFailure().getFailure());
            } else if (isThere(item.getResponse())) {
                candidates.documents.putIfAbsent(item.getId(), item.getResponse());
            }
        }
        return candidates;
    }

    private MultiGetItemResponse[] items(MultiGetRequest request) {
        PlainActionFuture<MultiGetResponse> answer = new PlainActionFuture<>();
        client.multiGet(request, answer);
        return answer.actionGet(TIMEOUT).getResponses();
    }

    private static boolean isThere(GetResponse document) {
        return document.isExists() && document.isSourceEmpty() == false;
    }

    /** A write of a document that succeeds only if it is as it was read. */
    static IndexRequest rewrite(GetResponse read, String routing, Map<String, Object> source) {
        return CompleteDocument.of(new IndexRequest(read.getIndex())
                .id(read.getId())
                .routing(routing)
                .source(source)
                .setIfSeqNo(read.getSeqNo())
                .setIfPrimaryTerm(read.getPrimaryTerm()));
    }

    /** Whether a write was rejected for load, or could not be done; it may be the next time. */
    static boolean isOverloaded(RestStatus status) {
        return status == RestStatus.TOO_MANY_REQUESTS || status.getStatus() >= 500;
    }

    /** Sends writes; the answers are in their order. */
    BulkItemResponse[] write(BulkRequest writes) {
        if (writes.numberOfActions() == 0) {
            return new BulkItemResponse[0];
        }
        PlainActionFuture<BulkResponse> answer = new PlainActionFuture<>();
        client.bulk(writes.timeout(SHARD_TIMEOUT), answer);
        return answer.actionGet(TIMEOUT).getItems();
    }
}
