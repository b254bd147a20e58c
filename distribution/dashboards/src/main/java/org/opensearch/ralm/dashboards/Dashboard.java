package org.opensearch.ralm.dashboards;

import java.util.ArrayList;
import java.util.List;

/**
 * A page of panels, laid out from left to right and from top to bottom.
 *
 * @param title what the reader looks for in the list
 * @param description a sentence: which questions it answers
 * @param panels in their order
 */
record Dashboard(String title, String description, List<Panel> panels) {

    /** Columns of the grid. */
    static final int COLUMNS = 48;

    /** Rows that each panel takes. */
    static final int ROWS = 13;

    /**
     * Where a panel stands.
     *
     * @param x the first of its columns, from 0
     * @param y the first of its rows, from 0
     */
    record Placed(Panel panel, int x, int y) {}

    Dashboard {
        panels = List.copyOf(panels);
    }

    List<Placed> layout() {
        List<Placed> placed = new ArrayList<>();
        int x = 0;
        int y = 0;
        for (Panel panel : panels) {
            if (x + panel.width() > COLUMNS) {
                x = 0;
                y += ROWS;
            }
            placed.add(new Placed(panel, x, y));
            x += panel.width();
        }
        return placed;
    }
}
