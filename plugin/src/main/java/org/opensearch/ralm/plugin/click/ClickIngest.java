package org.opensearch.ralm.plugin.click;

import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.transport.client.Client;

/**
 * What ingesting clicks is done with.
 *
 * @param client acts as the user who writes
 * @param caller who that is; gives null where the cluster knows no users
 * @param feeds answers with the feed of a name
 * @param models answers with the model of an id
 * @param vectors the node's vectors of users
 * @param memory accounts for what a batch holds
 * @param isOn whether the plugin is switched on
 * @param metadata the cluster's indices as they are now
 * @param executor where encoding may take its time
 * @param clock the time now
 * @param stats the node's counters
 */
record ClickIngest(
        Client client,
        Supplier<String> caller,
        BiConsumer<String, ActionListener<Feed>> feeds,
        BiConsumer<String, ActionListener<LookalikeModel>> models,
        UserVectorCache vectors,
        Memory memory,
        BooleanSupplier isOn,
        Supplier<Metadata> metadata,
        Executor executor,
        Supplier<Instant> clock,
        RalmStats stats) {}
