package org.opensearch.ralm.plugin.setup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceAlreadyExistsException;
import org.opensearch.action.admin.indices.create.CreateIndexRequest;
import org.opensearch.action.admin.indices.mapping.put.PutMappingRequest;
import org.opensearch.action.ingest.PutPipelineRequest;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.common.CheckedConsumer;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.ingest.IngestMetadata;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.setup.FeedNeeds.NeededIndex;
import org.opensearch.transport.client.Client;

/**
 * Makes what a feed needs and is not there, one after another: pipelines before the indices that name them. What is
 * there is checked first, so that a feed that cannot be set up is left as it was.
 */
final class FeedSetup {

    private final Client client;
    private final Supplier<Metadata> metadata;
    private final FeedNeeds needs;
    private final List<String> created = new ArrayList<>();
    private final List<String> updated = new ArrayList<>();

    private interface Step extends CheckedConsumer<ActionListener<Void>, Exception> {}

    /**
     * @param client acts as the user who asks
     * @param metadata the cluster's indices and pipelines as they are now
     */
    FeedSetup(Client client, Supplier<Metadata> metadata, FeedNeeds needs) {
        this.client = client;
        this.metadata = metadata;
        this.needs = needs;
    }

    /** Answers with what was made; fails with the first thing that could not be. */
    void run(ActionListener<SetupFeedResponse> listener) {
        needs.indices().forEach(this::requireFitting);
        Deque<Step> steps = new ArrayDeque<>();
        needs.pipelines().forEach((id, definition) -> steps.add(done -> makePipeline(id, definition, done)));
        needs.indices().forEach(index -> steps.add(done -> makeIndex(index, done)));
        runNext(
                steps,
                ActionListener.map(
                        listener, done -> new SetupFeedResponse(needs.feed().name(), created, updated)));
    }

    /** Gives the indices that are there the fields they lack, and nothing else. */
    void extend(ActionListener<Void> listener) {
        needs.indices().forEach(this::requireFitting);
        Deque<Step> steps = new ArrayDeque<>();
        for (NeededIndex index : needs.indices()) {
            if (IndexMapping.exists(metadata.get(), index.name())) {
                steps.add(done -> extend(index, done));
            }
        }
        runNext(steps, listener);
    }

    private static void runNext(Deque<Step> steps, ActionListener<Void> listener) {
        if (steps.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        ActionListener<Void> next = ActionListener.wrap(done -> runNext(steps, listener), listener::onFailure);
        try {
            steps.remove().accept(next);
        } catch (Exception e) {
            listener.onFailure(e);
        }
    }

    private void requireFitting(NeededIndex needed) {
        if (IndexMapping.exists(metadata.get(), needed.name()) == false) {
            return;
        }
        IndexMapping found = IndexMapping.of(metadata.get(), needed.name());
        Map<String, Object> extended =
                MissingFields.added(found.root(), MissingFields.of(needed.mapping(), found.root()));
        needed.check().accept(new IndexMapping(found.index(), found.routingRequired(), extended));
        Settings settings = metadata.get().index(found.index()).getSettings();
        if (keepsGraphs(needed.settings()) && keepsGraphs(settings) == false) {
            throw new IllegalArgumentException("[recall] needs [" + FeedNeeds.KNN + "] of index [" + found.index()
                    + "], which can only be set when an index is made");
        }
    }

    private static boolean keepsGraphs(Settings settings) {
        return settings.getAsBoolean(FeedNeeds.KNN, false);
    }

    private void makePipeline(String id, Map<String, Object> definition, ActionListener<Void> listener)
            throws IOException {
        IngestMetadata pipelines = metadata.get().custom(IngestMetadata.TYPE);
        if (pipelines != null && pipelines.getPipelines().containsKey(id)) {
            listener.onResponse(null);
            return;
        }
        BytesReference json = BytesReference.bytes(XContentFactory.jsonBuilder().map(definition));
        PutPipelineRequest request = new PutPipelineRequest(id, json, XContentType.JSON);
        client.admin().cluster().putPipeline(request, ActionListener.map(listener, done -> {
            created.add(id);
            return null;
        }));
    }

    private void makeIndex(NeededIndex needed, ActionListener<Void> listener) {
        if (IndexMapping.exists(metadata.get(), needed.name())) {
            extend(needed, listener);
            return;
        }
        CreateIndexRequest request = new CreateIndexRequest(needed.name())
                .settings(needed.settings())
                .mapping(needed.mapping());
        client.admin()
                .indices()
                .create(
                        request,
                        ActionListener.wrap(
                                done -> {
                                    created.add(needed.name());
                                    listener.onResponse(null);
                                },
                                e -> {
                                    if (ExceptionsHelper.unwrapCause(e) instanceof ResourceAlreadyExistsException) {
                                        listener.onResponse(null);
                                    } else {
                                        listener.onFailure(e);
                                    }
                                }));
    }

    private void extend(NeededIndex needed, ActionListener<Void> listener) {
        Map<String, Object> root =
                IndexMapping.of(metadata.get(), needed.name()).root();
        Map<String, Object> missing = MissingFields.of(needed.mapping(), root);
        if (needed.extend() == false || missing.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        PutMappingRequest request = new PutMappingRequest(needed.name()).source(missing);
        client.admin().indices().putMapping(request, ActionListener.map(listener, done -> {
            updated.add(needed.name());
            return null;
        }));
    }
}
