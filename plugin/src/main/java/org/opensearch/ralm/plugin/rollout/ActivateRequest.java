package org.opensearch.ralm.plugin.rollout;

import java.io.IOException;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.ralm.plugin.system.Wire;

/** Has a feed go over to another model, {@code {"model": "m2", "users": "news-users-m2"}}. */
final class ActivateRequest extends ActionRequest {

    private final String feed;
    private final String model;
    private final String users;
    private final boolean withFewerUsers;

    /**
     * @param users the index of the users' vectors by that model
     * @param withFewerUsers whether it may have less than half as many vectors as the index in use
     */
    ActivateRequest(String feed, String model, String users, boolean withFewerUsers) {
        this.feed = feed;
        this.model = model;
        this.users = users;
        this.withFewerUsers = withFewerUsers;
    }

    ActivateRequest(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "activation");
        this.feed = members.readString();
        this.model = members.readString();
        this.users = members.readString();
        this.withFewerUsers = members.readBoolean();
    }

    /** Reads the body of the REST request; faults name the member, its value and what was expected. */
    static ActivateRequest parse(String feed, XContentParser parser) throws IOException {
        String model = null;
        String users = null;
        boolean withFewerUsers = false;
        if (parser.nextToken() != Token.START_OBJECT) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        while (parser.nextToken() != Token.END_OBJECT) {
            String member = parser.currentName();
            parser.nextToken();
            switch (member) {
                case "model" -> model = text(member, parser);
                case "users" -> users = text(member, parser);
                case "with_fewer_users" -> withFewerUsers = flag(member, parser);
                default ->
                    throw new IllegalArgumentException("[" + member + "] is not a known member of an activation, "
                            + "expected [model], [users] and [with_fewer_users]");
            }
        }
        return new ActivateRequest(feed, required("model", model), required("users", users), withFewerUsers);
    }

    private static String text(String member, XContentParser parser) throws IOException {
        if (parser.currentToken() != Token.VALUE_STRING || parser.text().isEmpty()) {
            throw new IllegalArgumentException("[" + member + "] must be a non-empty string");
        }
        return parser.text();
    }

    private static boolean flag(String member, XContentParser parser) throws IOException {
        if (parser.currentToken() != Token.VALUE_BOOLEAN) {
            throw new IllegalArgumentException("[" + member + "] must be true or false");
        }
        return parser.booleanValue();
    }

    private static String required(String member, String value) {
        if (value == null) {
            throw new IllegalArgumentException("[" + member + "] is missing");
        }
        return value;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {
            members.writeString(feed);
            members.writeString(model);
            members.writeString(users);
            members.writeBoolean(withFewerUsers);
        });
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    String feed() {
        return feed;
    }

    String model() {
        return model;
    }

    String users() {
        return users;
    }

    boolean withFewerUsers() {
        return withFewerUsers;
    }
}
