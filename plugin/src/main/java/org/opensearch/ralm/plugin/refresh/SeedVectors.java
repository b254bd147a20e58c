package org.opensearch.ralm.plugin.refresh;

import java.util.Collection;
import java.util.Map;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.seeds.UserVectorFetch;
import org.opensearch.transport.client.Client;

/** Reads the vectors of a feed's users. Waits for its answers, so it is for threads that may. */
final class SeedVectors {

    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(60);

    private final UserVectorFetch fetch;

    /**
     * @param client acts as the plugin
     */
    SeedVectors(Client client, BlockMaker maker) {
        this.fetch = new UserVectorFetch(client, maker.feed(), maker.model().dimension());
    }

    /** The vectors of those users who have one that fits. */
    Map<String, float[]> of(Collection<String> users) {
        PlainActionFuture<UserVectorFetch.Vectors> answer = new PlainActionFuture<>();
        fetch.fetch(users, answer);
        return answer.actionGet(TIMEOUT).byUser();
    }
}
