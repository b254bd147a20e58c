package org.opensearch.ralm.plugin.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.index.IndexSettings;
import org.opensearch.ralm.plugin.click.ClicksMapping;
import org.opensearch.ralm.plugin.click.ClicksProcessor;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCheck;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.feed.RecallField;
import org.opensearch.ralm.plugin.feed.SeedField;
import org.opensearch.ralm.plugin.seeds.SeedsProcessor;

/** The indices and pipelines that a feed needs. */
final class FeedNeeds {

    /** The refresh task makes clicks visible to itself; nobody else is in a hurry to see them. */
    private static final String CLICKS_REFRESH_INTERVAL = "30s";

    /** Has an index keep graphs of vectors. */
    static final String KNN = "index.knn";

    private static final Pattern FIELD = Pattern.compile("([A-Za-z0-9_-]+)\\.seeds");

    private final Feed feed;
    private final int dimension;
    private final SetupFeedRequest request;
    private final String object;
    private final FeedNeeds beside;

    /**
     * An index.
     *
     * @param name the name under which the feed knows it
     * @param mapping its mapping if it is made
     * @param settings its settings if it is made
     * @param extend whether one that is there is given the fields it lacks
     * @param check refuses a mapping that does not fit
     */
    record NeededIndex(
            String name,
            Map<String, Object> mapping,
            Settings settings,
            boolean extend,
            Consumer<IndexMapping> check) {}

    /**
     * @param dimension of the feed's model
     * @throws IllegalArgumentException if the processor cannot write to the field the feed scores by
     */
    FeedNeeds(Feed feed, int dimension, SetupFeedRequest request) {
        this(feed, dimension, request, null);
    }

    private FeedNeeds(Feed feed, int dimension, SetupFeedRequest request, FeedNeeds beside) {
        Matcher field = FIELD.matcher(feed.field());
        if (field.matches() == false) {
            throw new IllegalArgumentException(
                    "[_setup] needs a feed whose [field] is an object of the document's root "
                            + "and [seeds], such as [ralm.seeds], but that of feed [" + feed.name() + "] is ["
                            + feed.field()
                            + "]");
        }
        this.feed = feed;
        this.dimension = dimension;
        this.request = request;
        this.object = field.group(1);
        this.beside = beside;
    }

    /** The same with the fields of another slot, which candidates are written to as well. */
    FeedNeeds with(FeedNeeds slot) {
        return new FeedNeeds(feed, dimension, request, slot);
    }

    Feed feed() {
        return feed;
    }

    /** The definitions of the pipelines by their ids. */
    Map<String, Map<String, Object>> pipelines() {
        Map<String, Map<String, Object>> pipelines = new LinkedHashMap<>();
        pipelines.put(
                candidatesPipeline(),
                pipeline(SeedsProcessor.TYPE, Map.of("feed", feed.name(), "target_field", object)));
        if (feed.hasClicks()) {
            pipelines.put(clicksPipeline(), pipeline(ClicksProcessor.TYPE, Map.of("feed", feed.name())));
        }
        return pipelines;
    }

    List<NeededIndex> indices() {
        List<NeededIndex> indices = new ArrayList<>();
        indices.add(new NeededIndex(
                feed.candidates(), candidatesMapping(), candidatesSettings(), true, this::checkDimension));
        if (feed.hasClicks()) {
            indices.add(new NeededIndex(
                    feed.clicks(),
                    parsed(read(ClicksMapping.class, "mapping.json")),
                    settings()
                            .put(IndexSettings.DEFAULT_PIPELINE.getKey(), clicksPipeline())
                            .put(IndexSettings.INDEX_REFRESH_INTERVAL_SETTING.getKey(), CLICKS_REFRESH_INTERVAL)
                            .build(),
                    true,
                    ClicksMapping::check));
        }
        indices.add(new NeededIndex(
                feed.users(),
                parsed(read(FeedNeeds.class, "users.json")),
                settings().build(),
                false,
                mapping -> {}));
        return indices;
    }

    private void checkDimension(IndexMapping mapping) {
        String found =
                String.valueOf(mapping.field(feed.field(), SeedField.TYPE).get("dimension"));
        FeedCheck.requireDimension(feed.field(), mapping.index(), found, feed, dimension);
        if (beside != null) {
            beside.checkDimension(mapping);
        }
    }

    private String candidatesPipeline() {
        return "ralm-" + feed.name() + "-candidates";
    }

    private String clicksPipeline() {
        return "ralm-" + feed.name() + "-clicks";
    }

    private static Map<String, Object> pipeline(String processor, Map<String, Object> config) {
        return Map.of("processors", List.of(Map.of(processor, config)));
    }

    private Settings.Builder settings() {
        return Settings.builder()
                .put(IndexMetadata.SETTING_NUMBER_OF_SHARDS, request.shards())
                .put(IndexMetadata.SETTING_NUMBER_OF_REPLICAS, request.replicas());
    }

    private Settings candidatesSettings() {
        Settings.Builder settings = settings().put(IndexSettings.DEFAULT_PIPELINE.getKey(), candidatesPipeline());
        return request.recall() ? settings.put(KNN, true).build() : settings.build();
    }

    private Map<String, Object> candidatesMapping() {
        Map<String, Object> mapping = parsed(read(FeedNeeds.class, "candidates.json")
                .replace("${object}", object)
                .replace("${dimension}", String.valueOf(dimension)));
        if (request.recall()) {
            mapping = MissingFields.added(mapping, recallMapping());
        }
        return beside == null
                ? mapping
                : MissingFields.added(mapping, MissingFields.of(beside.candidatesMapping(), mapping));
    }

    private Map<String, Object> recallMapping() {
        Map<String, Object> global = Map.of(RecallField.NAME, RecallField.definition(dimension));
        return Map.of("properties", Map.of(object, Map.of("properties", global)));
    }

    private static Map<String, Object> parsed(String json) {
        return XContentHelper.convertToMap(JsonXContent.jsonXContent, json, true);
    }

    private static String read(Class<?> owner, String resource) {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
