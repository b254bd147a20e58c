package org.opensearch.ralm.integtest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A request as Dev Tools of OpenSearch Dashboards reads it: method and path, and the lines of the body below.
 *
 * @param body null if there is none
 */
record ConsoleRequest(String method, String path, String body) {
    private static final Pattern BEGIN = Pattern.compile("(?m)^(?=(?:GET|PUT|POST|DELETE) )");

    static List<ConsoleRequest> all(String block) {
        List<ConsoleRequest> requests = new ArrayList<>();
        for (String part : BEGIN.split(block)) {
            String[] lines = part.strip().split("\n", 2);
            String[] methodAndPath = lines[0].split(" ");
            if (methodAndPath.length != 2) {
                throw new AssertionError("[" + lines[0] + "] is no method and path");
            }
            requests.add(new ConsoleRequest(
                    methodAndPath[0], "/" + methodAndPath[1], lines.length == 1 ? null : lines[1].strip() + "\n"));
        }
        return requests;
    }
}
