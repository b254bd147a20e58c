package org.opensearch.ralm.plugin.setup;

import java.io.IOException;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.NumberType;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.ralm.plugin.system.Wire;

/** Makes what a feed lacks, {@code {"number_of_shards": 1, "number_of_replicas": 1, "recall": false}}. */
final class SetupFeedRequest extends ActionRequest {

    private static final int MOST_SHARDS = 1024;
    private static final int MOST_REPLICAS = 100;

    private final String feed;
    private final int shards;
    private final int replicas;
    private final boolean recall;

    SetupFeedRequest(String feed) {
        this(feed, 1, 1, false);
    }

    SetupFeedRequest(String feed, int shards, int replicas, boolean recall) {
        this.feed = feed;
        this.shards = shards;
        this.replicas = replicas;
        this.recall = recall;
    }

    SetupFeedRequest(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "setup");
        this.feed = members.readString();
        this.shards = members.readVInt();
        this.replicas = members.readVInt();
        this.recall = members.readBoolean();
    }

    /** Reads the body of the REST request; faults name the member, its value and what was expected. */
    static SetupFeedRequest parse(String feed, XContentParser parser) throws IOException {
        int shards = 1;
        int replicas = 1;
        boolean recall = false;
        if (parser.nextToken() != Token.START_OBJECT) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        while (parser.nextToken() != Token.END_OBJECT) {
            String member = parser.currentName();
            parser.nextToken();
            switch (member) {
                case "number_of_shards" -> shards = integer(member, parser, 1, MOST_SHARDS);
                case "number_of_replicas" -> replicas = integer(member, parser, 0, MOST_REPLICAS);
                case "recall" -> recall = flag(member, parser);
                default ->
                    throw new IllegalArgumentException("[" + member + "] is not a known member of a setup, expected "
                            + "[number_of_shards], [number_of_replicas] and [recall]");
            }
        }
        return new SetupFeedRequest(feed, shards, replicas, recall);
    }

    private static int integer(String member, XContentParser parser, int least, int most) throws IOException {
        boolean integer = parser.currentToken() == Token.VALUE_NUMBER && parser.numberType() == NumberType.INT;
        if (integer && parser.intValue() >= least && parser.intValue() <= most) {
            return parser.intValue();
        }
        throw new IllegalArgumentException("[" + member + "] must be an integer from " + least + " to " + most
                + ", but is [" + found(parser) + "]");
    }

    private static boolean flag(String member, XContentParser parser) throws IOException {
        if (parser.currentToken() == Token.VALUE_BOOLEAN) {
            return parser.booleanValue();
        }
        throw new IllegalArgumentException("[" + member + "] must be true or false, but is [" + found(parser) + "]");
    }

    private static String found(XContentParser parser) throws IOException {
        Token token = parser.currentToken();
        return token.isValue() || token == Token.VALUE_NULL ? parser.textOrNull() : token.toString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {
            members.writeString(feed);
            members.writeVInt(shards);
            members.writeVInt(replicas);
            members.writeBoolean(recall);
        });
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    String feed() {
        return feed;
    }

    int shards() {
        return shards;
    }

    int replicas() {
        return replicas;
    }

    /** Whether candidates are to be recalled by their global embeddings. */
    boolean recall() {
        return recall;
    }
}
