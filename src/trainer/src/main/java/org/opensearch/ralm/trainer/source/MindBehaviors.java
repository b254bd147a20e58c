package org.opensearch.ralm.trainer.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * The impressions of MIND. What ends in -1 was clicked at the time of the impression. What a user had read before, the
 * history of the first impression, has no times; it was read in the four weeks before the log begins, so the newest of
 * these clicks are put there in their order, a second apart, and marked as untimed. Not thread-safe.
 */
final class MindBehaviors implements ClickRows {
    private static final long HISTORY_SECONDS = 28 * 86_400;
    private static final String TIME = "epoch(try_strptime(time, '%m/%d/%Y %I:%M:%S %p'))::BIGINT";
    private static final String CLICKED = "-1";
    private static final String PASSED_OVER = "-0";

    private final Table table;
    private final int kept;
    private int[][] histories = new int[1024][];
    private long[] firstTimes = new long[1024];
    private int users;

    /**
     * @param kept how many clicks of a history are kept, the newest ones
     */
    MindBehaviors(Table table, int kept) {
        this.table = table;
        this.kept = kept;
    }

    @Override
    public Table table() {
        return table;
    }

    @Override
    public List<String> selected() {
        return List.of("\"user\"", TIME, "history", "impressions", "time");
    }

    @Override
    public String add(ResultSet row, Clicks clicks) throws SQLException {
        String user = row.getString(1);
        long time = row.getLong(2);
        if (row.wasNull()) {
            return "the time is [" + row.getString(5) + "], expected one like 11/13/2019 8:36:57 AM";
        }
        if (user == null) {
            return "the user is missing";
        }
        String[] impressions = words(row.getString(4));
        if (impressions.length == 0) {
            return "the impressions are missing";
        }
        for (String shown : impressions) {
            if (shown.length() <= 2 || !shown.endsWith(CLICKED) && !shown.endsWith(PASSED_OVER)) {
                return "the impression [" + shown + "] ends neither in -1 nor in -0, as in a test set without labels";
            }
        }
        int dense = clicks.user(user);
        for (String shown : impressions) {
            if (shown.endsWith(CLICKED)) {
                clicks.events().add(dense, clicks.item(shown.substring(0, shown.length() - 2)), time);
            }
        }
        keepHistory(dense, time, words(row.getString(3)), clicks);
        return null;
    }

    private void keepHistory(int user, long time, String[] history, Clicks clicks) {
        if (user >= histories.length) {
            histories = Arrays.copyOf(histories, user * 2);
            firstTimes = Arrays.copyOf(firstTimes, user * 2);
        }
        users = Math.max(users, user + 1);
        if (histories[user] == null || time < firstTimes[user]) {
            firstTimes[user] = time;
            histories[user] = Arrays.stream(history)
                    .skip(Math.max(0, history.length - kept))
                    .mapToInt(clicks::item)
                    .toArray();
        }
    }

    @Override
    public void finish(Clicks clicks) {
        long begin = Arrays.stream(firstTimes, 0, users).min().orElse(0);
        clicks.events().untimedBefore(begin);
        for (int user = 0; user < users; user++) {
            int[] history = histories[user];
            for (int i = 0; i < history.length; i++) {
                clicks.events().add(user, history[i], begin - HISTORY_SECONDS - (history.length - i));
            }
            histories[user] = null;
        }
    }

    private static String[] words(String text) {
        return text == null || text.isBlank() ? new String[0] : text.strip().split(" +");
    }
}
