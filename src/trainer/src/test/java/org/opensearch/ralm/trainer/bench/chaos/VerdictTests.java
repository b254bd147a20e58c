package org.opensearch.ralm.trainer.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTests {

    private static final String SHARDS = "{'timed_out':false,'_shards':{'total':3,'failed':%d,'failures':[%s]}}";
    private static final String FAILURE = "{'shard':0,'reason':{'type':'%s'}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | 0 |                                      | true  | ANSWERED",
                "200 | 0 |                                      | false | ANSWERED",
                "429 | 0 |                                      | false | REFUSED",
                "503 | 0 |                                      | true  | UNAVAILABLE",
                "503 | 0 |                                      | false | FAILED",
                "500 | 0 |                                      | true  | FAILED",
                "404 | 0 |                                      | true  | FAILED",
                "200 | 1 |                                      | true  | UNAVAILABLE",
                "200 | 1 |                                      | false | FAILED",
                "200 | 1 | circuit_breaking_exception           | false | REFUSED",
                "200 | 1 | no_shard_available_action_exception  | true  | UNAVAILABLE",
                "200 | 1 | no_shard_available_action_exception  | false | FAILED",
                "200 | 1 | node_not_connected_exception         | true  | UNAVAILABLE",
                "200 | 1 | node_not_connected_exception         | false | FAILED",
                "200 | 1 | node_disconnected_exception          | true  | UNAVAILABLE",
                "200 | 1 | illegal_state_exception              | true  | FAILED",
            })
    void anAnswerIsJudgedByStatusAndShards(int status, int failed, String type, boolean during, Outcome expected)
            throws JsonProcessingException {
        String failures = type == null ? "" : FAILURE.formatted(type);
        String answer = SHARDS.formatted(failed, failures).replace('\'', '"');
        assertEquals(expected, Verdict.of(status, new ObjectMapper().readTree(answer), during));
    }
}
