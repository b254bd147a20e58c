package org.opensearch.ralm.trainer.baseline;

import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.UserHistory;

/** The users that are known at a moment. */
final class KnownUsers {

    private KnownUsers() {}

    /** Those who clicked something strictly before, ascending. */
    static int[] before(UserHistory history, long time) {
        return IntStream.range(0, history.users())
                .filter(user -> history.endBefore(user, time) > history.start(user))
                .toArray();
    }
}
