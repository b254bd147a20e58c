package org.opensearch.ralm.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch.core.BulkRequest;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;

/** Writes documents by {@code _bulk}; those rejected for load or by a conflict are sent again, and only those. */
final class BulkWriter {
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;

    private final OpenSearchClient client;

    BulkWriter(OpenSearchClient client) {
        this.client = client;
    }

    /** Returns why documents were refused that will not be taken another time either. */
    List<String> write(String index, List<Write> writes) throws IOException {
        List<String> refused = new ArrayList<>();
        List<Write> left = writes;
        Patience patience = new Patience();
        while (left.isEmpty() == false) {
            left = send(index, left, refused);
            if (left.isEmpty() == false) {
                patience.afterRejection(left.size() + " documents for [" + index + "] were rejected");
            }
        }
        return refused;
    }

    /** Sends documents, and returns those to be sent again. */
    private List<Write> send(String index, List<Write> writes, List<String> refused) throws IOException {
        List<BulkResponseItem> items;
        try {
            items = client.bulk(request(index, writes)).items();
        } catch (OpenSearchException failure) {
            if (failure.status() == TOO_MANY_REQUESTS) {
                return writes;
            }
            throw failure;
        }
        List<Write> again = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            BulkResponseItem item = items.get(i);
            if (item.status() == TOO_MANY_REQUESTS || item.status() == CONFLICT) {
                again.add(writes.get(i));
            } else if (item.error() != null) {
                refused.add(item.status() + ": " + item.error().reason());
            }
        }
        return again;
    }

    private static BulkRequest request(String index, List<Write> writes) {
        BulkRequest.Builder request = new BulkRequest.Builder().index(index);
        for (Write write : writes) {
            request.operations(operation ->
                    operation.<ObjectNode>index(to -> to.id(write.id()).document(write.document())));
        }
        return request.build();
    }
}
