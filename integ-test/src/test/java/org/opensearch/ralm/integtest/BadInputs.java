package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlockCodec;

/** The table of bad requests to a cluster that holds a feed. */
final class BadInputs {
    private static final String GLOBAL = ", \"missing_user\": \"global\"";

    private final TestFeed feed;
    private final String plainIndex;
    private final String foreignUser;

    /**
     * @param plainIndex has a block field and no pipeline
     * @param foreignUser a user of the feed whose vector was made by another model
     */
    BadInputs(TestFeed feed, String plainIndex, String foreignUser) {
        this.feed = feed;
        this.plainIndex = plainIndex;
        this.foreignUser = foreignUser;
    }

    Stream<BadInput> all() {
        return Stream.of(queries(), scripts(), models(), feeds(), mappings(), documents())
                .flatMap(inputs -> inputs);
    }

    private Stream<BadInput> queries() {
        return Stream.of(
                query("unknown user", byUser(feed.name(), "nobody", ""), "nobody", feed.users()),
                query("user of another model", byUser(feed.name(), foreignUser, ""), foreignUser, "older", modelId()),
                query("unknown feed", byUser("no-such-feed", "u1", ""), "no-such-feed"),
                query("unknown model", byVector("ralm.seeds", "no-such-model", vector(8)), "no-such-model"),
                query("wrong dimension", byVector("ralm.seeds", modelId(), vector(3)), "user_vector", "3", "8"),
                query("empty vector", byVector("ralm.seeds", modelId(), "[]"), "user_vector"),
                query("NaN in the vector", byVector("ralm.seeds", modelId(), "[NaN,1,1,1,1,1,1,1]"), "NaN"),
                query("too large a number", byVector("ralm.seeds", modelId(), "[1e400,1,1,1,1,1,1,1]"), "user_vector"),
                query(
                        "text in the vector",
                        byVector("ralm.seeds", modelId(), "[\"x\",1,1,1,1,1,1,1]"),
                        "user_vector",
                        "x"),
                query("negative alpha", byUser(feed.name(), "u1", ", \"alpha\": -1"), "alpha", "-1"),
                query("negative beta", byUser(feed.name(), "u1", ", \"beta\": -0.5"), "beta", "-0.5"),
                query("alpha that is text", byUser(feed.name(), "u1", ", \"alpha\": \"much\""), "alpha", "much"),
                query("both weights 0", byUser(feed.name(), "u1", ", \"alpha\": 0, \"beta\": 0"), "alpha", "beta"),
                query("unknown member", byUser(feed.name(), "u1", ", \"gamma\": 1"), "gamma"),
                query("unknown output", byUser(feed.name(), "u1", ", \"score\": \"rank\""), "score", "rank"),
                query(
                        "clicks that are text",
                        byUser(feed.name(), "u1", ", \"popularity\": {\"field\": \"lang\"}"),
                        "popularity.field",
                        "lang"),
                query("mean user of a model without", byUser(feed.name(), "nobody", GLOBAL), modelId(), "mean user"),
                request(
                        "log that is no object",
                        "POST",
                        "/" + feed.candidates() + "/_search",
                        "{\"ext\": {\"ralm_log\": true}}",
                        "ralm_log",
                        "object"),
                query("no user", "{\"ralm_score\": {\"feed\": \"" + feed.name() + "\"}}", "user_id"),
                query("field of another type", byVector("lang", modelId(), vector(8)), "lang", "keyword", "ralm_seeds"),
                query("unmapped field", byVector("nowhere", modelId(), vector(8)), "nowhere", "ralm_seeds"));
    }

    private Stream<BadInput> scripts() {
        String large = "x".repeat(10_000_000);
        String many = "[" + String.join(",", Collections.nCopies(5_000_000, "1")) + "]";
        return Stream.of(
                script("wrong dimension in a script", parameters("user_vector", vector(3)), "user_vector", "3", "8"),
                script("negative alpha in a script", parameters("alpha", "-1"), "alpha", "-1"),
                script("feed in a script", "{\"feed\": \"" + feed.name() + "\", \"user_id\": \"u1\"}", "user_vector"),
                script("10 MB of text", parameters("user_vector", "\"" + large + "\""), "user_vector", "xxx"),
                script("10 MB of numbers", parameters("user_vector", many), "user_vector", "5000000", "1024"),
                script("10 MB of an unknown parameter", parameters("more", "\"" + large + "\""), "more"));
    }

    private Stream<BadInput> models() {
        TestModel other = TestModel.random("other", 1);
        ObjectNode wrongChecksum = other.upload();
        ((ObjectNode) wrongChecksum.get("model")).put("weights_sha256", "ab".repeat(32));
        ObjectNode noWeights = other.upload();
        noWeights.remove("weights");
        byte[] weights = other.artifact().weights();
        ObjectNode truncated = other.upload()
                .put("weights", Base64.getEncoder().encodeToString(Arrays.copyOf(weights, weights.length - 4)));
        ObjectNode badAlpha = other.upload();
        ((ObjectNode) badAlpha.get("model")).put("alpha", -0.1);
        ObjectNode heavy = other.upload();
        ((ObjectNode) heavy.get("model")).put("alpha", 0.9);
        ObjectNode sameName = TestModel.random(modelId(), 2).upload();
        return Stream.of(
                put("NaN among the weights", "/_plugins/_ralm/models/other", withNan(other), "NaN", "finite"),
                put("wrong checksum", "/_plugins/_ralm/models/other", wrongChecksum, "ab".repeat(32), "weights_sha256"),
                put("no weights", "/_plugins/_ralm/models/other", noWeights, "weights"),
                put("weights cut off", "/_plugins/_ralm/models/other", truncated, "weights"),
                put(
                        "weights that are no base64",
                        "/_plugins/_ralm/models/other",
                        other.upload().put("weights", "ä!"),
                        "weights"),
                put("negative alpha of a model", "/_plugins/_ralm/models/other", badAlpha, "alpha", "-0.1"),
                put(
                        "weights above 1 together",
                        "/_plugins/_ralm/models/other",
                        heavy,
                        "alpha",
                        "beta",
                        "0.9",
                        "at most 1"),
                put("model under another name", "/_plugins/_ralm/models/another", other.upload(), "another", "other"),
                put("changed model", "/_plugins/_ralm/models/" + modelId(), sameName, modelId()),
                put("model that is no JSON", "/_plugins/_ralm/models/other", "{\"model\": ", "end-of-input"),
                request("unknown model", "GET", "/_plugins/_ralm/models/no-such-model", null, "no-such-model"),
                request(
                        "deletion of an unknown model",
                        "DELETE",
                        "/_plugins/_ralm/models/no-such-model",
                        null,
                        "no-such-model"),
                request(
                        "deletion of a model in use",
                        "DELETE",
                        "/_plugins/_ralm/models/" + modelId(),
                        null,
                        modelId(),
                        feed.name()));
    }

    private Stream<BadInput> feeds() {
        return Stream.of(
                feed("k = 0", "k", "0", "1 to 128"),
                feed("k = 129", "k", "129", "1 to 128"),
                feed("k that is no integer", "k", "2.5", "1 to 128"),
                feed("k that is text", "k", "\"many\"", "1 to 128"),
                feed("unknown encoding", "encoding", "\"float16\"", "float32", "int8"),
                feed("unknown model of a feed", "model", "\"no-such-model\"", "upload"),
                feed("index name in upper case", "users", "\"Users\"", "lower"),
                feed("field of no block", "field", "\"lang\"", "keyword", "ralm_seeds"),
                feed("unknown member of a feed", "shards", "3", "candidates"),
                feed("candidates that are no text", "candidates", "7", "string"),
                put("feed that is no object", "/_plugins/_ralm/feeds/" + feed.name(), "[]", "object"),
                put(
                        "field of another feed",
                        "/_plugins/_ralm/feeds/second",
                        "{\"candidates\": \"%s\", \"users\": \"%s\", \"model\": \"%s\"}"
                                .formatted(feed.candidates(), feed.users(), modelId()),
                        "[second]",
                        "[" + feed.name() + "]",
                        "ralm.seeds"),
                request("unknown feed", "GET", "/_plugins/_ralm/feeds/no-such-feed", null, "no-such-feed"),
                request(
                        "deletion of an unknown feed",
                        "DELETE",
                        "/_plugins/_ralm/feeds/no-such-feed",
                        null,
                        "no-such-feed"));
    }

    private Stream<BadInput> mappings() {
        return Stream.of(
                mapping("no dimension", "", "dimension", "1 to 1024"),
                mapping("dimension 0", ", \"dimension\": 0", "dimension", "0", "1 to 1024"),
                mapping("dimension 1025", ", \"dimension\": 1025", "dimension", "1025", "1 to 1024"),
                mapping("dimension that is text", ", \"dimension\": \"wide\"", "wide"),
                mapping("unknown parameter", ", \"dimension\": 8, \"shards\": 1", "shards"),
                put(
                        "pipeline without a feed",
                        "/_ingest/pipeline/bad",
                        "{\"processors\": [{\"ralm_seeds\": {}}]}",
                        "feed"));
    }

    private Stream<BadInput> documents() {
        byte[] block = SeedBlockCodec.encode(feed.blockOf("c3", TestFeed.seedsOf(3)), Encoding.FLOAT32);
        String whole = Base64.getEncoder().encodeToString(block);
        String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(block, block.length - 5));
        return Stream.of(
                block("truncated block", "\"" + cut + "\"", "ralm.seeds"),
                block("block that is no base64", "\"no block!\"", "ralm.seeds"),
                block("block that is a number", "7", "ralm.seeds"),
                block("two blocks", "[\"" + whole + "\", \"" + whole + "\"]", "ralm.seeds"),
                seeds("seeds that are numbers", "[1, 2]", "seed_users", "1"),
                seeds("seeds that are objects", "[{\"id\": \"u1\"}]", "seed_users"),
                seeds("seeds that are null", "[null]", "seed_users"),
                seeds("an object of seeds", "{\"u1\": true}", "seed_users"),
                seeds("an empty seed", "[\"\"]", "seed_users"));
    }

    /** An upload whose last weight is NaN, with the checksum of these very bytes. */
    private static ObjectNode withNan(TestModel model) {
        byte[] weights = model.artifact().weights();
        ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putFloat(weights.length - Float.BYTES, Float.NaN);
        ObjectNode upload = model.upload().put("weights", Base64.getEncoder().encodeToString(weights));
        ((ObjectNode) upload.get("model")).put("weights_sha256", Checksum.of(weights, "SHA-256"));
        return upload;
    }

    private String modelId() {
        return feed.model().id();
    }

    private static String vector(int dimension) {
        return "[" + String.join(", ", Collections.nCopies(dimension, "1")) + "]";
    }

    private static String byUser(String feed, String user, String more) {
        return "{\"ralm_score\": {\"feed\": \"%s\", \"user_id\": \"%s\"%s}}".formatted(feed, user, more);
    }

    private static String byVector(String field, String model, String vector) {
        return "{\"ralm_score\": {\"field\": \"%s\", \"model\": \"%s\", \"user_vector\": %s}}"
                .formatted(field, model, vector);
    }

    /** Good parameters of a script, but for one. */
    private String parameters(String name, String value) {
        String vector = name.equals("user_vector") ? "" : "\"user_vector\": " + vector(8) + ", ";
        return "{\"field\": \"ralm.seeds\", \"model\": \"%s\", %s\"%s\": %s}".formatted(modelId(), vector, name, value);
    }

    private BadInput query(String fault, String query, String... told) {
        return request(fault, "POST", "/" + feed.candidates() + "/_search", "{\"query\": " + query + "}", told);
    }

    private BadInput script(String fault, String parameters, String... told) {
        return query(
                fault,
                "{\"script_score\": {\"query\": {\"exists\": {\"field\": \"ralm.seeds\"}}, \"script\":"
                        + " {\"lang\": \"ralm\", \"source\": \"ralm_score\", \"params\": " + parameters + "}}}",
                told);
    }

    /** A good definition of the feed, but for one member. */
    private BadInput feed(String fault, String member, String value, String... expected) {
        StringBuilder body = new StringBuilder("{");
        for (String[] good :
                new String[][] {{"candidates", feed.candidates()}, {"users", feed.users()}, {"model", modelId()}}) {
            if (!good[0].equals(member)) {
                body.append("\"%s\": \"%s\", ".formatted(good[0], good[1]));
            }
        }
        body.append("\"%s\": %s}".formatted(member, value));
        Stream<String> told = Stream.concat(Stream.of(member), Arrays.stream(expected));
        return put(fault, "/_plugins/_ralm/feeds/" + feed.name(), body, told.toArray(String[]::new));
    }

    private static BadInput mapping(String fault, String parameters, String... told) {
        String mapping = "{\"mappings\": {\"properties\": {\"block\": {\"type\": \"ralm_seeds\"" + parameters + "}}}}";
        return put("mapping: " + fault, "/badinput-mapping", mapping, told);
    }

    private BadInput block(String fault, String block, String... told) {
        return put(fault, "/" + plainIndex + "/_doc/1", "{\"ralm\": {\"seeds\": " + block + "}}", told);
    }

    private BadInput seeds(String fault, String seeds, String... told) {
        return put(fault, "/" + feed.candidates() + "/_doc/c3", "{\"seed_users\": " + seeds + "}", told);
    }

    private static BadInput put(String fault, String path, Object body, String... told) {
        return request(fault, "PUT", path, body.toString(), told);
    }

    private static BadInput request(String fault, String method, String path, String body, String... told) {
        return new BadInput(fault, method, path, body, List.of(told));
    }
}
