package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An answer as the documentation shows it: its members must be in a real one, of the same types, whatever the values. */
final class AnswerExample {
    private final List<String> faults = new ArrayList<>();

    private AnswerExample() {}

    /** What the example shows and the answer does not have. */
    static List<String> faults(JsonNode example, JsonNode answer) {
        AnswerExample comparison = new AnswerExample();
        comparison.compare("", example, answer);
        return comparison.faults;
    }

    private void compare(String path, JsonNode example, JsonNode answer) {
        if (example.isMissingNode()) {
            return;
        }
        if (answer.isMissingNode()) {
            faults.add(path + " is not in the answer");
        } else if (kind(example) != kind(answer)) {
            faults.add(path + " is shown as " + kind(example) + ", but is " + kind(answer));
        } else if (example.isObject()) {
            for (Map.Entry<String, JsonNode> member : example.properties()) {
                compare(path + "/" + member.getKey(), member.getValue(), answer.path(member.getKey()));
            }
        } else if (example.isArray() && (example.path(0).isObject() || answer.isEmpty() == false)) {
            // A list of plain values may be empty by now.
            compareElements(path, example.path(0), answer);
        }
    }

    /** One of them is like the example; what else there is to tell depends on what happened before. */
    private void compareElements(String path, JsonNode example, JsonNode answers) {
        for (JsonNode answer : answers) {
            if (faults(example, answer).isEmpty()) {
                return;
            }
        }
        compare(path + "/0", example, answers.path(0));
    }

    private static JsonNodeType kind(JsonNode node) {
        return node.getNodeType();
    }
}
