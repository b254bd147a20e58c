package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.ralm.plugin.system.Wire;
import org.opensearch.search.SearchExtBuilder;

/**
 * Asks for {@code fields.ralm_log} of the hits: {@code "ext": {"ralm_log": {}}}, or with {@code {"name": "alike"}} or
 * {@code {"name": ["alike", …]}} for the queries of these names only. Immutable.
 */
final class ScoreLogBuilder extends SearchExtBuilder {

    /** The name of the extension, and of the field. */
    static final String NAME = "ralm_log";

    private static final String NAMES = "name";
    private static final int MOST_NAMES = 32;
    private static final int LONGEST_NAME = 512;

    private final Set<String> names;

    /**
     * @param names of queries; none for all queries
     */
    ScoreLogBuilder(Set<String> names) {
        this.names = names;
    }

    ScoreLogBuilder(StreamInput in) throws IOException {
        this(new LinkedHashSet<>(Wire.open(in, NAME).readStringList()));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> members.writeStringCollection(names));
    }

    /** Reads the extension of a search request. */
    static ScoreLogBuilder fromXContent(XContentParser parser) throws IOException {
        require(parser, parser.currentToken() == Token.START_OBJECT, "[ralm_log] must be an object");
        Set<String> names = new LinkedHashSet<>();
        while (parser.nextToken() != Token.END_OBJECT) {
            String member = parser.currentName();
            require(
                    parser,
                    member.equals(NAMES),
                    "[" + RequestMembers.shown(member) + "] is not a known member of [ralm_log], expected [name]");
            Token token = parser.nextToken();
            boolean several = token == Token.START_ARRAY;
            while (several == false || parser.nextToken() != Token.END_ARRAY) {
                names.add(name(parser));
                if (several == false) {
                    break;
                }
            }
            require(
                    parser,
                    names.isEmpty() == false && names.size() <= MOST_NAMES,
                    "[name] of [ralm_log] must be 1 to " + MOST_NAMES + " names of queries, but there are "
                            + names.size());
        }
        return new ScoreLogBuilder(names);
    }

    private static String name(XContentParser parser) throws IOException {
        boolean text = parser.currentToken() == Token.VALUE_STRING;
        require(
                parser,
                text && parser.textLength() > 0 && parser.textLength() <= LONGEST_NAME,
                "[name] of [ralm_log] must be a string of 1 to " + LONGEST_NAME + " characters, or an array of such");
        return parser.text();
    }

    private static void require(XContentParser parser, boolean valid, String expected) {
        if (valid == false) {
            throw new ParsingException(parser.getTokenLocation(), expected);
        }
    }

    /** Whether a query of a name is wanted; null is the name of one that has none. */
    boolean wants(String name) {
        return names.isEmpty() || names.contains(name);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject(NAME);
        if (names.isEmpty() == false) {
            builder.field(NAMES, List.copyOf(names));
        }
        return builder.endObject();
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreLogBuilder that && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(NAME, names);
    }
}
