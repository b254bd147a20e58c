package org.opensearch.ralm.plugin.score;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a script {@code ralm_score} that names its user instead of giving a vector.
 *
 * @param params of the script, to be changed
 * @param feed whose user it is
 */
record ScriptUser(Map<String, Object> params, String feed) {

    private static final String FEED = "feed";
    private static final String USER = "user_id";

    /** Whether these parameters name a user of a feed. */
    static boolean isNamed(Map<String, Object> params, String feed) {
        return params.containsKey(USER) && feed.equals(params.getOrDefault(FEED, feed));
    }

    /**
     * What is to be looked up.
     *
     * @throws IllegalArgumentException naming the parameter, its value and what was expected
     */
    ScoreRequest request() {
        Map<String, Object> members = new HashMap<>(params);
        members.put(FEED, feed);
        return ScoreRequest.of(members);
    }

    /** Puts the vector in the place of the user's name. */
    void replaceBy(ScoreParameters found) {
        params.keySet().removeAll(Set.of(FEED, USER, "missing_user"));
        params.put("field", found.field());
        params.put("user_vector", found.user());
        params.put("model", found.model());
    }
}
