package org.opensearch.ralm.dashboards;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the file that Dashboards imports, for a feed. */
public final class Generator {

    private static final String USAGE = "expected: FEED CANDIDATES CLICKS [OBJECT], the feed, its indices of candidates"
            + " and clicks, and the object of its seed blocks, ralm for a field ralm.seeds";

    private Generator() {}

    /** @param arguments none for the feed of {@code ralm demo}, or names as the message says that others lead to */
    public static void main(String[] arguments) {
        FeedNames names;
        try {
            names = names(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        byte[] lines = lines(names).getBytes(StandardCharsets.UTF_8);
        System.out.write(lines, 0, lines.length);
        System.out.flush();
    }

    private static FeedNames names(String[] arguments) {
        return switch (arguments.length) {
            case 0 -> FeedNames.DEMO;
            case 3 -> new FeedNames(arguments[0], arguments[1], arguments[2], FeedNames.DEMO.object());
            case 4 -> new FeedNames(arguments[0], arguments[1], arguments[2], arguments[3]);
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    /** An object a line. */
    static String lines(FeedNames names) {
        Sources sources = Sources.of(names);
        List<Dashboard> dashboards = List.of(
                new FeedHealth(sources).dashboard(),
                new CandidateState(sources).dashboard(),
                new Audience(sources).dashboard(),
                new ModelQuality(sources).dashboard());
        return new SavedObjects(names.feed())
                .of(sources.indices(), dashboards).stream()
                        .map(object -> Json.write(object) + "\n")
                        .collect(Collectors.joining());
    }
}
