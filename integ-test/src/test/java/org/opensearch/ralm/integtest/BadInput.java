package org.opensearch.ralm.integtest;

import java.util.List;

/**
 * A request that must be refused.
 *
 * @param fault what is wrong with it
 * @param told what the message must name: the member, its value, what was expected
 */
record BadInput(String fault, String method, String path, String body, List<String> told) {
    @Override
    public String toString() {
        return fault;
    }
}
