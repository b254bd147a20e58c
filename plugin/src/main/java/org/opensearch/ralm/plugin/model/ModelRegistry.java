package org.opensearch.ralm.plugin.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.ActionRunnable;
import org.opensearch.action.StepListener;
import org.opensearch.action.delete.DeleteRequest;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchPhaseExecutionException;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.engine.VersionConflictEngineException;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.PluginIndex;
import org.opensearch.ralm.plugin.system.Reservation;
import org.opensearch.ralm.plugin.system.WriteResponse;
import org.opensearch.ralm.plugin.system.WriteResponse.Result;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.fetch.subphase.FetchSourceContext;
import org.opensearch.search.sort.SortOrder;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;

/** The uploaded models in their system index. Models never change: an id stands for one content until it is deleted. */
final class ModelRegistry {

    /** The index the models lie in. */
    static final String INDEX = ".plugins-ralm-models";

    /** As many as one search answers with. */
    static final int MAX_LISTED = 10_000;

    /** The document, base64 and bytes of the weights, and tensors. */
    private static final int COPIES_WHILE_READ = 5;

    private static final FetchSourceContext WITHOUT_WEIGHTS =
            new FetchSourceContext(true, null, new String[] {"weights"});

    private final Client client;
    private final PluginIndex index;
    private final ThreadPool threadPool;
    private final Memory memory;
    private final IntSupplier maxCount;

    /**
     * @param client acts as the plugin
     * @param maxCount how many models there may be just now
     */
    ModelRegistry(Client client, PluginIndex index, ThreadPool threadPool, Memory memory, IntSupplier maxCount) {
        this.client = client;
        this.index = index;
        this.threadPool = threadPool;
        this.memory = memory;
        this.maxCount = maxCount;
    }

    /** Stores a model; the same again is left as it is, another under the same id, or one too many, is refused. */
    void put(ModelArtifact artifact, ActionListener<WriteResponse> listener) {
        StepListener<Void> ready = new StepListener<>();
        StepListener<Void> room = new StepListener<>();
        ready.whenComplete(is -> requireRoom(artifact.manifest().id(), room), listener::onFailure);
        room.whenComplete(is -> create(artifact, listener), listener::onFailure);
        index.ensureExists(ready);
    }

    private void requireRoom(String id, ActionListener<Void> listener) {
        QueryBuilder others =
                QueryBuilders.boolQuery().mustNot(QueryBuilders.idsQuery().addIds(id));
        SearchSourceBuilder count =
                new SearchSourceBuilder().query(others).size(0).trackTotalHits(true);
        // An index that was made just now cannot be searched yet, but written to: that waits for it.
        client.search(
                new SearchRequest(INDEX).source(count),
                ActionListener.wrap(
                        response -> {
                            requireRoom(id, response.getHits().getTotalHits().value());
                            listener.onResponse(null);
                        },
                        e -> {
                            if (e instanceof SearchPhaseExecutionException) {
                                listener.onResponse(null);
                            } else {
                                listener.onFailure(e);
                            }
                        }));
    }

    private void requireRoom(String id, long others) {
        if (others >= maxCount.getAsInt()) {
            throw new IllegalArgumentException("model [" + id + "] would be one more than the " + maxCount.getAsInt()
                    + " that [" + ModelApi.MAX_COUNT.getKey()
                    + "] allows; delete one that is no longer needed, or raise it");
        }
    }

    private void create(ModelArtifact artifact, ActionListener<WriteResponse> listener) throws IOException {
        String id = artifact.manifest().id();
        IndexRequest request = new IndexRequest(INDEX)
                .id(id)
                .create(true)
                .source(document(artifact))
                .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        client.index(
                request,
                ActionListener.wrap(
                        stored -> listener.onResponse(new WriteResponse(id, Result.CREATED)),
                        e -> afterConflict(artifact, e, listener)));
    }

    /** The model of an id, read and checked on a thread that may take its time; a 404 where there is none. */
    void load(String id, ActionListener<ModelArtifact> listener) {
        get(
                id,
                FetchSourceContext.FETCH_SOURCE,
                ActionListener.wrap(
                        source -> {
                            Reservation room =
                                    memory.reserve(COPIES_WHILE_READ * StoredModel.weightsBytes(source), "ralm_model");
                            ActionListener<ModelArtifact> released = ActionListener.runBefore(listener, room::close);
                            threadPool.generic().execute(ActionRunnable.supply(released, () -> artifact(source)));
                        },
                        listener::onFailure));
    }

    /** What is known of the model of an id; fails with a 404 where there is none. */
    void describe(String id, ActionListener<StoredModel> listener) {
        get(id, WITHOUT_WEIGHTS, ActionListener.map(listener, StoredModel::ofSource));
    }

    /** All models, by id. */
    void list(ActionListener<List<StoredModel>> listener) {
        if (index.isMissing()) {
            listener.onResponse(List.of());
            return;
        }
        SearchSourceBuilder source = new SearchSourceBuilder()
                .fetchSource(WITHOUT_WEIGHTS)
                .sort("id", SortOrder.ASC)
                .size(MAX_LISTED);
        client.search(new SearchRequest(INDEX).source(source), ActionListener.map(listener, response -> {
            List<StoredModel> models = new ArrayList<>();
            for (SearchHit hit : response.getHits()) {
                models.add(StoredModel.ofSource(hit.getSourceAsMap()));
            }
            return models;
        }));
    }

    /** Removes a model; fails with a 404 where there is none. */
    void delete(String id, ActionListener<WriteResponse> listener) {
        if (index.isMissing()) {
            listener.onFailure(unknown(id));
            return;
        }
        DeleteRequest request = new DeleteRequest(INDEX, id).setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        client.delete(request, ActionListener.map(listener, response -> {
            if (response.status() == RestStatus.NOT_FOUND) {
                throw unknown(id);
            }
            return new WriteResponse(id, Result.DELETED);
        }));
    }

    private void get(String id, FetchSourceContext fields, ActionListener<Map<String, Object>> listener) {
        if (index.isMissing()) {
            listener.onFailure(unknown(id));
            return;
        }
        GetRequest request = new GetRequest(INDEX, id).fetchSourceContext(fields);
        client.get(request, ActionListener.map(listener, (GetResponse response) -> {
            if (response.isExists() == false) {
                throw unknown(id);
            }
            return response.getSourceAsMap();
        }));
    }

    private void afterConflict(ModelArtifact artifact, Exception e, ActionListener<WriteResponse> listener) {
        if (ExceptionsHelper.unwrapCause(e) instanceof VersionConflictEngineException == false) {
            listener.onFailure(e);
            return;
        }
        String id = artifact.manifest().id();
        load(
                id,
                ActionListener.wrap(
                        stored -> {
                            if (stored.manifest().equals(artifact.manifest())) {
                                listener.onResponse(new WriteResponse(id, Result.UNCHANGED));
                            } else {
                                listener.onFailure(new OpenSearchStatusException(
                                        "model [{}] is there already with other content (weights_sha256 [{}]); models never"
                                                + " change, upload it under another id",
                                        RestStatus.CONFLICT,
                                        id,
                                        stored.manifest().weightsSha256()));
                            }
                        },
                        listener::onFailure));
    }

    private XContentBuilder document(ModelArtifact artifact) throws IOException {
        byte[] weights = artifact.weights();
        BytesReference manifest =
                new BytesArray(artifact.manifest().toJson().toString().getBytes(StandardCharsets.UTF_8));
        XContentBuilder builder = XContentFactory.jsonBuilder().startObject();
        new StoredModel(
                        artifact.manifest().id(),
                        artifact.manifest().dimension(),
                        Long.toHexString(artifact.manifest().fingerprint()),
                        threadPool.absoluteTimeInMillis(),
                        weights.length,
                        manifest)
                .writeMembers(builder);
        return builder.field("weights", Base64.getEncoder().encodeToString(weights))
                .endObject();
    }

    private static ModelArtifact artifact(Map<String, Object> source) {
        byte[] manifest = BytesReference.toBytes(StoredModel.json(source.get("model")));
        return ModelArtifact.parse(manifest, Base64.getDecoder().decode((String) source.get("weights")));
    }

    private static ResourceNotFoundException unknown(String id) {
        return new ResourceNotFoundException("model [{}] does not exist", id);
    }
}
