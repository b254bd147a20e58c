package org.opensearch.ralm.trainer.source;

/**
 * The table of clicks.
 *
 * @param table where it is
 * @param user  the SQL that yields the external user id
 * @param item  the SQL that yields the external item id
 * @param time  the SQL that yields whole seconds, NULL if they cannot be told
 */
record EventsSpec(Table table, String user, String item, String time) {}
