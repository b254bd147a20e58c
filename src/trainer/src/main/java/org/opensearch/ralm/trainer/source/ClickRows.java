package org.opensearch.ralm.trainer.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A table of clicks and how its rows become clicks. */
interface ClickRows {

    /** Where the rows are. */
    Table table();

    /** The SQL of what is needed of each row. */
    List<String> selected();

    /**
     * Adds the clicks of a row.
     *
     * @param row what {@link #selected} asked for, from column 1 on
     * @return what is wrong with the row, of which nothing was added then; null if it is as it should be
     */
    String add(ResultSet row, Clicks clicks) throws SQLException;

    /** Adds what can be told only after the last row. */
    default void finish(Clicks clicks) {}
}
