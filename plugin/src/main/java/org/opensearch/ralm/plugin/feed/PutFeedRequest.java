package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.cluster.metadata.MetadataCreateIndexService;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;

/**
 * Defines or redefines a feed, for example
 * {@code {"candidates": "news", "users": "news-users-m1", "model": "m1", "field": "ralm.seeds", "k": 20}}.
 */
final class PutFeedRequest extends ActionRequest {

    private static final String NAMES = "[A-Za-z0-9][A-Za-z0-9._@-]{0,127}";

    private final Feed feed;

    /**
     * @param feed the feed; a k of 0 stands for that of the model
     */
    PutFeedRequest(Feed feed) {
        this.feed = feed;
    }

    PutFeedRequest(StreamInput in) throws IOException {
        super(in);
        this.feed = new Feed(in);
    }

    /** Reads the body of the REST request; faults name the member, its value and what was expected. */
    static PutFeedRequest parse(String name, XContentParser parser) throws IOException {
        if (name.matches(NAMES) == false) {
            throw new IllegalArgumentException("a feed's name must be 1 to 128 letters, digits and . _ - @, the first "
                    + "a letter or digit, but is [" + name + "]");
        }
        Members members = new Members();
        if (parser.nextToken() != Token.START_OBJECT) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        while (parser.nextToken() != Token.END_OBJECT) {
            String member = parser.currentName();
            parser.nextToken();
            members.read(member, parser);
        }
        return new PutFeedRequest(members.feed(name));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        feed.writeTo(out);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    /** The feed; a k of 0 stands for that of the model. */
    Feed feed() {
        return feed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PutFeedRequest request && feed.equals(request.feed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(feed);
    }

    /** The members of the body, as they are read. */
    private static final class Members {

        private String candidates;
        private String users;
        private String model;
        private String field = "ralm.seeds";
        private int k;
        private Encoding encoding = Encoding.FLOAT32;

        void read(String member, XContentParser parser) throws IOException {
            switch (member) {
                case "candidates" -> candidates = indexName(member, parser);
                case "users" -> users = indexName(member, parser);
                case "model" -> model = text(member, parser);
                case "field" -> field = text(member, parser);
                case "k" -> k = clusters(parser);
                case "encoding" -> encoding = Encoding.ofName(text(member, parser));
                default ->
                    throw new IllegalArgumentException("[" + member + "] is not a known member of a feed, expected "
                            + "[candidates], [users], [model], [field], [k] and [encoding]");
            }
        }

        Feed feed(String name) {
            return new Feed(
                    name,
                    required("candidates", candidates),
                    required("users", users),
                    required("model", model),
                    field,
                    k,
                    encoding);
        }

        private static String required(String member, String value) {
            if (value == null) {
                throw new IllegalArgumentException("[" + member + "] is missing");
            }
            return value;
        }

        private static String text(String member, XContentParser parser) throws IOException {
            if (parser.currentToken() != Token.VALUE_STRING || parser.text().isEmpty()) {
                throw new IllegalArgumentException("[" + member + "] must be a non-empty string");
            }
            return parser.text();
        }

        private static String indexName(String member, XContentParser parser) throws IOException {
            String index = text(member, parser);
            MetadataCreateIndexService.validateIndexOrAliasName(
                    index,
                    (value, why) -> new IllegalArgumentException("[" + member + "] must be the name of an index or "
                            + "alias, but is [" + value + "], which " + why));
            if (index.toLowerCase(Locale.ROOT).equals(index) == false) {
                throw new IllegalArgumentException("[" + member + "] must be lower case, but is [" + index + "]");
            }
            return index;
        }

        private static int clusters(XContentParser parser) throws IOException {
            boolean integer = parser.currentToken() == Token.VALUE_NUMBER
                    && (parser.numberType() == XContentParser.NumberType.INT);
            if (integer == false || parser.intValue() < 1 || parser.intValue() > SeedBlock.MAX_CLUSTERS) {
                throw new IllegalArgumentException("[k] must be an integer from 1 to " + SeedBlock.MAX_CLUSTERS
                        + ", but is [" + parser.text() + "]");
            }
            return parser.intValue();
        }
    }
}
