package org.opensearch.ralm.integtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of requests as editors read it: a line of {@code ###} and a title, method and address, headers, an empty
 * line, and the body.
 */
final class HttpFile {
    private static final String HOST = "{{host}}";

    private HttpFile() {}

    /**
     * A request.
     *
     * @param body null if there is none
     */
    record Request(String title, String method, String path, String body) {
        String route() {
            return method + " " + path.replaceFirst("\\?.*", "");
        }
    }

    static Stream<Request> read(Path file) throws IOException {
        List<String> parts = new ArrayList<>(List.of(Files.readString(file).split("(?m)^###")));
        parts.removeFirst();
        return parts.stream().map(HttpFile::request);
    }

    private static Request request(String part) {
        String[] headAndBody = part.split("\n\n", 2);
        String[] head = headAndBody[0].split("\n");
        String[] methodAndPath = head[1].split(" ");
        if (methodAndPath[1].startsWith(HOST) == false) {
            throw new AssertionError("[" + head[1] + "] does not begin with " + HOST);
        }
        String body = headAndBody.length == 1 || headAndBody[1].isBlank() ? null : headAndBody[1].strip() + "\n";
        return new Request(head[0].strip(), methodAndPath[0], methodAndPath[1].substring(HOST.length()), body);
    }
}
