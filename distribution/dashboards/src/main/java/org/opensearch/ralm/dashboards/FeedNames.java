package org.opensearch.ralm.dashboards;

/**
 * What the dashboards of a feed are called and what they read.
 *
 * @param feed the feed
 * @param candidates its candidates index
 * @param clicks its clicks index
 * @param object the object of the candidates that the seed blocks lie in, {@code ralm} for a field {@code ralm.seeds}
 */
record FeedNames(String feed, String candidates, String clicks, String object) {

    /** The one of {@code ralm demo}. */
    static final FeedNames DEMO = new FeedNames("demo-ralm", "demo-ralm", "demo-ralm-clicks", "ralm");
}
