package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The queries a feed backend would send. */
final class Queries {

    private Queries() {}

    /** How alike the user and each candidate's seeds are. */
    static JsonNode lookalike(String feed, String user) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("ralm_score").put("feed", feed).put("user_id", user);
        return query;
    }

    /** How often each candidate has been clicked. */
    static JsonNode popularity() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode function = query.putObject("function_score");
        function.put("boost_mode", "replace");
        function.putObject("query").putObject("match_all");
        function.putObject("field_value_factor").put("field", "clicks");
        return query;
    }
}
