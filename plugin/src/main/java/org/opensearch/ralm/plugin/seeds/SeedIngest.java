package org.opensearch.ralm.plugin.seeds;

import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.transport.client.Client;

/**
 * What ingesting candidates is done with.
 *
 * @param client acts as the user who writes
 * @param feeds the node's feeds
 * @param models the node's models
 * @param metadata the cluster's indices as they are now
 * @param executor where clustering may take its time
 * @param clock the time now
 * @param maximumSeeds the most seeds a document may bring, as it is set now
 * @param memory accounts for what a batch holds
 * @param isOn whether the plugin is switched on
 * @param stats the node's counters
 */
record SeedIngest(
        Client client,
        FeedCache feeds,
        ModelCache models,
        Supplier<Metadata> metadata,
        Executor executor,
        Supplier<Instant> clock,
        IntSupplier maximumSeeds,
        Memory memory,
        BooleanSupplier isOn,
        RalmStats stats) {}
