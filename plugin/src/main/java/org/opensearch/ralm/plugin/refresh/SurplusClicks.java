package org.opensearch.ralm.plugin.refresh;

import java.util.HashMap;
import java.util.Map;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.delete.DeleteRequest;
import org.opensearch.ralm.plugin.click.ClickId;

/** Deletes the clicks that are no longer among a candidate's newest, unless they are repeated meanwhile. */
final class SurplusClicks {

    private final DocumentStore documents;
    private final String index;

    SurplusClicks(DocumentStore documents, String index) {
        this.documents = documents;
        this.index = index;
    }

    /**
     * Deletes the surplus.
     *
     * @param recounts by candidate
     * @return how many were deleted, by candidate; whatever could not be is surplus again in the next cycle
     */
    Map<String, Integer> delete(Map<String, Recount> recounts) {
        BulkRequest deletes = new BulkRequest();
        recounts.forEach((candidate, recount) -> {
            for (Recount.Surplus click : recount.surplus()) {
                deletes.add(new DeleteRequest(index, ClickId.of(candidate, click.user()))
                        .routing(candidate)
                        .setIfSeqNo(click.seqNo())
                        .setIfPrimaryTerm(click.primaryTerm()));
            }
        });
        BulkItemResponse[] answers = documents.write(deletes);
        Map<String, Integer> deleted = new HashMap<>();
        for (int i = 0; i < answers.length; i++) {
            if (answers[i].isFailed() == false) {
                deleted.merge(deletes.requests().get(i).routing(), 1, Integer::sum);
            }
        }
        return deleted;
    }
}
