package org.opensearch.ralm.plugin.system;

import java.util.Map;
import org.opensearch.cluster.ClusterChangedEvent;
import org.opensearch.cluster.ClusterStateListener;

/**
 * The caches of this node by name, so that a change made on one node reaches all.
 *
 * <p>A node that was cut off may have missed such a message; it sees a new cluster manager when it is back, and then
 * loads everything again.
 */
public final class NodeCaches implements ClusterStateListener {

    private final Map<String, NodeCache> caches;

    /**
     * @param caches the caches by name
     */
    public NodeCaches(Map<String, NodeCache> caches) {
        this.caches = Map.copyOf(caches);
    }

    @Override
    public void clusterChanged(ClusterChangedEvent event) {
        if (event.nodesDelta().clusterManagerNodeChanged()) {
            caches.values().forEach(NodeCache::reload);
        }
    }

    void renew(String cache, String key) {
        NodeCache named = caches.get(cache);
        if (named != null) {
            named.renew(key);
        }
    }
}
