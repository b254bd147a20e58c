package org.opensearch.ralm.plugin.system;

/** A cache of this node that is told when what it holds has changed elsewhere. Safe for use by several threads. */
public interface NodeCache {

    /** Forgets what it knows of a key and begins to load it afresh. */
    void renew(String key);

    /** Loads everything again without a gap; what is gone is forgotten. */
    void reload();
}
