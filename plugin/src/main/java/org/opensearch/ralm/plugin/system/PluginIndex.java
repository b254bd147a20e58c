package org.opensearch.ralm.plugin.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceAlreadyExistsException;
import org.opensearch.action.admin.indices.create.CreateIndexRequest;
import org.opensearch.action.admin.indices.mapping.put.PutMappingRequest;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.action.ActionListener;
import org.opensearch.gateway.GatewayService;
import org.opensearch.transport.client.Client;

/**
 * One of the plugin's own indices, made with its mapping when it is first written to. One that an older plugin made is
 * given what the mapping has got since.
 */
public final class PluginIndex {

    private final String name;
    private final boolean hidden;
    private final String mapping;
    private final int version;
    private final Client client;
    private final ClusterService clusterService;

    /**
     * @param name the index's name
     * @param hidden whether patterns of index names pass it over, as they should a system index
     * @param owner the class beside which the mapping lies as {@code mapping.json}, with its version in {@code _meta}
     * @param client a client that may create the index
     * @param clusterService knows whether the index exists
     */
    public PluginIndex(String name, boolean hidden, Class<?> owner, Client client, ClusterService clusterService) {
        this.name = name;
        this.hidden = hidden;
        this.mapping = readMapping(owner);
        this.version = version(XContentHelper.convertToMap(JsonXContent.jsonXContent, mapping, false));
        this.client = client;
        this.clusterService = clusterService;
    }

    /** The index's name. */
    public String name() {
        return name;
    }

    /**
     * Whether the index is known not to be there, as before anything was written, which reads like an empty index. As long
     * as the cluster's state has not been recovered nobody knows, and requests to the index are refused with a 503.
     */
    public boolean isMissing() {
        ClusterState state = clusterService.state();
        return state.metadata().hasIndex(name) == false
                && state.blocks().hasGlobalBlock(GatewayService.STATE_NOT_RECOVERED_BLOCK) == false;
    }

    /** Answers when the index is there with its mapping, having made it if need be. */
    public void ensureExists(ActionListener<Void> listener) {
        IndexMetadata found = clusterService.state().metadata().index(name);
        if (found == null) {
            create(listener);
        } else if (version(found.mapping().sourceAsMap()) < version) {
            PutMappingRequest request = new PutMappingRequest(name).source(mapping, XContentType.JSON);
            client.admin().indices().putMapping(request, ActionListener.map(listener, done -> null));
        } else {
            listener.onResponse(null);
        }
    }

    private void create(ActionListener<Void> listener) {
        Settings settings = Settings.builder()
                .put(IndexMetadata.SETTING_NUMBER_OF_SHARDS, 1)
                .put(IndexMetadata.SETTING_AUTO_EXPAND_REPLICAS, "0-1")
                .put(IndexMetadata.SETTING_INDEX_HIDDEN, hidden)
                .build();
        CreateIndexRequest request =
                new CreateIndexRequest(name).settings(settings).mapping(mapping, XContentType.JSON);
        client.admin().indices().create(request, ActionListener.wrap(created -> listener.onResponse(null), e -> {
            if (ExceptionsHelper.unwrapCause(e) instanceof ResourceAlreadyExistsException) {
                listener.onResponse(null);
            } else {
                listener.onFailure(e);
            }
        }));
    }

    /** The first mappings said nothing of their version. */
    private static int version(Map<String, Object> mapping) {
        return mapping.get("_meta") instanceof Map<?, ?> meta && meta.get("version") instanceof Integer version
                ? version
                : 1;
    }

    private static String readMapping(Class<?> owner) {
        try (InputStream in = owner.getResourceAsStream("mapping.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
