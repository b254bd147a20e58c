package org.opensearch.ralm.integtest;

import java.nio.file.Path;
import org.opensearch.ralm.trainer.server.ClusterOptions;

/** What the build has made, and where tests keep their clusters. */
final class Installation {
    private Installation() {}

    static Path pluginZip() {
        return property("ralm.plugin.zip");
    }

    static Path trainerArchive() {
        return property("ralm.trainer.archive");
    }

    /** What the trainer archive brings for bash. */
    static Path completion() {
        return property("ralm.completion");
    }

    /** The version of what is built. */
    static String version() {
        return System.getProperty("ralm.version");
    }

    /** The version of OpenSearch that all is built for and tested on. */
    static String openSearch() {
        return System.getProperty("ralm.opensearch.version");
    }

    /** Options of a small cluster whose files lie in a directory of this name. */
    static ClusterOptions cluster(String name) {
        return ClusterOptions.in(property("ralm.test.state").resolve(name)).withHeap("512m");
    }

    /** The sources of the example of a client in JavaScript. */
    static Path javaScriptClient() {
        return property("ralm.javascript.client");
    }

    /** Where that is installed. */
    static Path javaScriptClientCopy() {
        return property("ralm.test.state").resolveSibling("client-javascript");
    }

    private static Path property(String name) {
        return Path.of(System.getProperty(name)).normalize();
    }
}
