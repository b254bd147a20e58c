package org.opensearch.ralm.trainer.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table with a click in each row.
 *
 * @param table   where it is
 * @param user    the SQL that yields the external user id
 * @param item    the SQL that yields the external item id
 * @param time    the SQL that yields whole seconds, NULL if they cannot be told
 * @param context what else is noted of a click
 */
record EventsSpec(Table table, String user, String item, String time, ContextSpec context) implements ClickRows {
    /** 2970-01-01: a later time is not in seconds. */
    private static final long LATEST = 31_556_995_200L;

    /** The same clicks with their circumstances. */
    EventsSpec withContext(ContextSpec noted) {
        return new EventsSpec(table, user, item, time, noted);
    }

    @Override
    public List<String> selected() {
        List<String> selected = new ArrayList<>(List.of(user, item, time));
        selected.addAll(context.selected());
        return selected;
    }

    @Override
    public String add(ResultSet row, Clicks clicks) throws SQLException {
        String userId = row.getString(1);
        String itemId = row.getString(2);
        long seconds = row.getLong(3);
        boolean noTime = row.wasNull();
        if (isMissing(userId) || isMissing(itemId) || noTime) {
            String got = "user [" + shown(userId) + "], item [" + shown(itemId) + "], time [" + (noTime ? "" : seconds)
                    + "]";
            boolean nothing = isMissing(userId) && isMissing(itemId) && noTime;
            return "an event needs a user, an item and a time, got " + got
                    + (nothing ? "; is the row well formed?" : "");
        }
        if (seconds > LATEST) {
            return "the time [" + seconds + "] lies beyond the year 2970 when read as seconds; is the time_unit right?";
        }
        if (seconds < 0) {
            return "the time [" + seconds + "] lies before the year 1970";
        }
        int dense = clicks.user(userId);
        if (context.columns().isEmpty()) {
            clicks.events().add(dense, clicks.item(itemId), seconds);
        } else {
            clicks.events().add(dense, clicks.item(itemId), seconds, clicks.context(row.getString(4)));
        }
        return null;
    }

    private static boolean isMissing(String text) {
        return text == null || text.isEmpty();
    }

    private static String shown(String text) {
        return text == null ? "" : text;
    }
}
