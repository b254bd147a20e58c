package org.opensearch.ralm.plugin.ingest;

import org.opensearch.action.index.IndexRequest;
import org.opensearch.ingest.IngestService;

/** A document that is as its pipelines would make it: they must not run on it again. */
public final class CompleteDocument {

    private CompleteDocument() {}

    /** The same request, which no pipeline takes up any more. */
    public static IndexRequest of(IndexRequest request) {
        return request.setPipeline(IngestService.NOOP_PIPELINE_NAME)
                .setFinalPipeline(IngestService.NOOP_PIPELINE_NAME)
                .setSystemIngestPipeline(IngestService.NOOP_PIPELINE_NAME)
                .isPipelineResolved(true);
    }
}
