package org.opensearch.ralm.plugin;

import org.opensearch.plugins.Plugin;

/** Entry point of the plugin: wires the capabilities together, holds none of their logic. */
public final class RalmPlugin extends Plugin {}
