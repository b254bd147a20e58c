package org.opensearch.ralm.plugin.feed;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.cluster.metadata.IndexAbstraction;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.ralm.lookalike.LookalikeModel;

/** Checks a feed against the mappings of those of its indices that exist, and against the other feeds. */
public final class FeedCheck {

    private final Consumer<IndexMapping> clicks;
    private final IntSupplier maxCount;

    /**
     * @param clicks refuses, with an {@link IllegalArgumentException}, a mapping that is not one of clicks; told by
     *     whoever knows clicks
     * @param maxCount how many feeds there may be just now
     */
    FeedCheck(Consumer<IndexMapping> clicks, IntSupplier maxCount) {
        this.clicks = clicks;
        this.maxCount = maxCount;
    }

    /**
     * Checks a feed.
     *
     * @param dimension of the feed's model
     * @throws IllegalArgumentException naming the index, the field, what was found and what was expected
     */
    public void check(Feed feed, Metadata metadata, int dimension) {
        if (IndexMapping.exists(metadata, feed.candidates())) {
            int found = SeedField.dimension(metadata, feed.candidates(), feed.field());
            requireDimension(feed.field(), feed.candidates(), String.valueOf(found), feed, dimension);
        }
        if (feed.hasClicks() && IndexMapping.exists(metadata, feed.clicks())) {
            requireOneShardACandidate(metadata.getIndicesLookup().get(feed.clicks()));
            clicks.accept(IndexMapping.of(metadata, feed.clicks()));
        }
        if (IndexMapping.exists(metadata, feed.users())) {
            Map<?, ?> vector = IndexMapping.of(metadata, feed.users()).field("vector");
            if (vector != null && "knn_vector".equals(vector.get("type")) && vector.get("dimension") != null) {
                String found = String.valueOf(vector.get("dimension"));
                requireDimension("vector", feed.users(), found, feed, dimension);
            }
        }
    }

    /**
     * Refuses a feed whose blocks would lie where those of another feed do, as each would overwrite the other's, and one
     * more feed than there may be.
     *
     * @param others all feeds, this one by its name among them if it is there already
     * @throws OpenSearchStatusException a 409 naming both feeds, the field and the index
     * @throws IllegalArgumentException naming the setting that says how many feeds there may be
     */
    public void checkOthers(Feed feed, List<Feed> others, Metadata metadata) {
        requireRoom(feed, others);
        for (Feed other : others) {
            if (other.name().equals(feed.name()) == false
                    && shareField(other, feed)
                    && IndexMapping.overlap(metadata, feed.candidates(), other.candidates())) {
                throw new OpenSearchStatusException(
                        "feed [{}] keeps its blocks in field [{}] of candidates [{}], but so does feed [{}], of [{}]; "
                                + "expected another [field] or other [candidates]",
                        RestStatus.CONFLICT,
                        feed.name(),
                        feed.field(),
                        feed.candidates(),
                        other.name(),
                        other.candidates());
            }
        }
    }

    private void requireRoom(Feed feed, List<Feed> others) {
        boolean there = others.stream().anyMatch(other -> other.name().equals(feed.name()));
        if (there == false && others.size() >= maxCount.getAsInt()) {
            throw new IllegalArgumentException("feed [" + feed.name() + "] would be one more than the "
                    + maxCount.getAsInt() + " that [" + FeedApi.MAX_COUNT.getKey()
                    + "] allows; delete one that is no longer needed, or raise it");
        }
    }

    private static boolean shareField(Feed feed, Feed other) {
        return fields(feed).stream().anyMatch(fields(other)::contains);
    }

    private static List<String> fields(Feed feed) {
        return feed.beside().isPresent() ? List.of(feed.field(), feed.fieldBeside()) : List.of(feed.field());
    }

    /** A shard counts the clicks it has: those of a candidate must all be there. */
    private static void requireOneShardACandidate(IndexAbstraction clicks) {
        List<IndexMetadata> indices = clicks.getIndices();
        if (indices.size() > 1) {
            throw new IllegalArgumentException("[clicks] must name one index, but [" + clicks.getName()
                    + "] stands for " + indices.size() + " of them");
        }
        if (indices.get(0).getRoutingPartitionSize() > 1) {
            throw new IllegalArgumentException("index [" + clicks.getName() + "] has [index.routing_partition_size] "
                    + indices.get(0).getRoutingPartitionSize()
                    + ", but all clicks of a candidate must lie on one shard: expected 1");
        }
    }

    /**
     * Checks that a model knows the feed's content fields.
     *
     * @throws IllegalArgumentException naming the field that it does not know
     */
    public static void requireContent(Feed feed, LookalikeModel model) {
        List<String> asked = feed.seeds().contentFields();
        if (asked.isEmpty()) {
            return;
        }
        List<String> known = model.content()
                .orElseThrow(() -> new IllegalArgumentException(
                        "[content_fields] needs a model with a content model, but [" + feed.model() + "] has none"))
                .form()
                .fields();
        for (String field : asked) {
            if (known.contains(field) == false) {
                throw new IllegalArgumentException("[content_fields] names [" + field + "], but the content model of ["
                        + feed.model() + "] knows " + known);
            }
        }
    }

    /**
     * Says that a model does not exist in words of the request that names it; other failures as they are.
     *
     * @param feed the feed as it would be
     */
    public static Exception withoutModel(Feed feed, Exception e) {
        return e instanceof ResourceNotFoundException
                ? new IllegalArgumentException(
                        "[model] names model [" + feed.model() + "], which does not exist; upload it first", e)
                : e;
    }

    /**
     * Checks the dimension of a field.
     *
     * @param found what the mapping says
     * @param dimension of the feed's model
     * @throws IllegalArgumentException naming the field, the index, what was found and what was expected
     */
    public static void requireDimension(String field, String index, String found, Feed feed, int dimension) {
        if (found.equals(String.valueOf(dimension)) == false) {
            throw new IllegalArgumentException("field [" + field + "] of [" + index + "] has dimension " + found
                    + ", but model [" + feed.model() + "] has dimension " + dimension);
        }
    }
}
