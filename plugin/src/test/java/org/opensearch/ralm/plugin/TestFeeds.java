package org.opensearch.ralm.plugin;

import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.RefreshRules;
import org.opensearch.ralm.plugin.feed.SeedRules;

/** Feeds of candidates in {@code articles} with their blocks in {@code ralm.seeds}. */
public final class TestFeeds {

    private TestFeeds() {}

    /** A feed whose candidates list their seeds themselves. */
    public static Feed feed(String users, String model, int k) {
        return feed(null, users, model, k);
    }

    /** A feed with clicks. */
    public static Feed feed(String clicks, String users, String model, int k) {
        SeedRules seeds = new SeedRules(
                k,
                Encoding.FLOAT32,
                SeedRules.DEFAULT.maxSeeds(),
                SeedRules.DEFAULT.sampleSize(),
                SeedRules.DEFAULT.minSeeds());
        return new Feed("news", "articles", clicks, users, model, "ralm.seeds", seeds, RefreshRules.DEFAULT);
    }
}
