package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.opensearch.cluster.metadata.MetadataCreateIndexService;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.NumberType;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.ralm.artifact.ContentForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.plugin.system.ShownValue;

/** The body of a request that defines a feed, member by member. Faults name the member, its value and what was expected. */
final class FeedBody {

    private static final TimeValue SHORTEST = TimeValue.timeValueSeconds(1);
    private static final TimeValue LONGEST = TimeValue.timeValueDays(30);

    /** The most characters of a text. */
    private static final int MOST_CHARACTERS = 512;

    private static final double MOST_GROWTH = 10;

    private String candidates;
    private String clicks;
    private String users;
    private String model;
    private String field = "ralm.seeds";
    private int k = SeedRules.DEFAULT.k();
    private Encoding encoding = SeedRules.DEFAULT.encoding();
    private int maxSeeds = SeedRules.DEFAULT.maxSeeds();
    private int sampleSize = SeedRules.DEFAULT.sampleSize();
    private int minSeeds = SeedRules.DEFAULT.minSeeds();
    private List<String> contentFields = List.of();
    private TimeValue interval = RefreshRules.DEFAULT.interval();
    private TimeValue reclusterInterval;
    private double growth = RefreshRules.DEFAULT.growth();
    private int exposureSample = RefreshRules.DEFAULT.exposureSample();

    /** Takes one member; the parser stands at its value. */
    void read(String member, XContentParser parser) throws IOException {
        switch (member) {
            case "candidates" -> candidates = indexName(member, parser);
            case "clicks" -> clicks = indexName(member, parser);
            case "users" -> users = indexName(member, parser);
            case "model" -> model = text(member, parser);
            case "field" -> field = text(member, parser);
            case "k" -> k = integer(member, parser, 1, SeedBlock.MAX_CLUSTERS);
            case "encoding" -> encoding = Encoding.ofName(text(member, parser));
            case "max_seeds" -> maxSeeds = integer(member, parser, 1, SeedRules.MOST_SEEDS);
            case "sample_size" ->
                sampleSize = integer(member, parser, SeedRules.SMALLEST_SAMPLE, SeedRules.LARGEST_SAMPLE);
            case "min_seeds" -> minSeeds = integer(member, parser, 1, SeedRules.MOST_SEEDS);
            case "content_fields" -> contentFields = fields(member, parser);
            case "refresh_interval" -> interval = time(member, parser);
            case "recluster_interval" -> reclusterInterval = time(member, parser);
            case "growth" -> growth = share(member, parser);
            case "exposure_sample" -> exposureSample = integer(member, parser, 0, RefreshRules.LARGEST_EXPOSURE_SAMPLE);
            default ->
                throw new IllegalArgumentException("[" + member + "] is not a known member of a feed, expected "
                        + "[candidates], [clicks], [users], [model], [field], [k], [encoding], [max_seeds], "
                        + "[sample_size], [min_seeds], [content_fields], [refresh_interval], [recluster_interval], [growth] and "
                        + "[exposure_sample]");
        }
    }

    /** The feed of the members that were read. */
    Feed feed(String name) {
        return new Feed(
                name,
                required("candidates", candidates),
                otherThanItsNeighbours(),
                required("users", users),
                required("model", model),
                field,
                seeds(),
                refresh());
    }

    private String otherThanItsNeighbours() {
        if (clicks != null && (clicks.equals(candidates) || clicks.equals(users))) {
            throw new IllegalArgumentException("[clicks] must be an index of its own, but [" + clicks
                    + "] is also that of the " + (clicks.equals(candidates) ? "[candidates]" : "[users]"));
        }
        return clicks;
    }

    private SeedRules seeds() {
        if (minSeeds > maxSeeds) {
            throw new IllegalArgumentException(
                    "[min_seeds] must be at most [max_seeds], which is [" + maxSeeds + "], but is [" + minSeeds + "]");
        }
        return new SeedRules(k, encoding, maxSeeds, sampleSize, minSeeds, contentFields);
    }

    /** Where only the interval is given, and is longer than the usual time between two clusterings, both are the same. */
    private RefreshRules refresh() {
        TimeValue usual = RefreshRules.DEFAULT.reclusterInterval();
        TimeValue recluster =
                reclusterInterval != null ? reclusterInterval : interval.compareTo(usual) > 0 ? interval : usual;
        if (recluster.compareTo(interval) < 0) {
            throw new IllegalArgumentException("[recluster_interval] must be at least [refresh_interval], which is ["
                    + interval + "], but is [" + recluster + "]");
        }
        return new RefreshRules(interval, recluster, growth, exposureSample);
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
        if (parser.text().length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("[" + member + "] must have at most " + MOST_CHARACTERS
                    + " characters, but is [" + ShownValue.of(parser.text()) + "]");
        }
        return parser.text();
    }

    private static String indexName(String member, XContentParser parser) throws IOException {
        String index = text(member, parser);
        MetadataCreateIndexService.validateIndexOrAliasName(
                index,
                (value, why) -> new IllegalArgumentException("[" + member
                        + "] must be the name of an index or alias, but is [" + value + "], which " + why));
        if (index.toLowerCase(Locale.ROOT).equals(index) == false) {
            throw new IllegalArgumentException("[" + member + "] must be lower case, but is [" + index + "]");
        }
        return index;
    }

    private static int integer(String member, XContentParser parser, int least, int most) throws IOException {
        boolean integer = parser.currentToken() == Token.VALUE_NUMBER && parser.numberType() == NumberType.INT;
        if (integer == false || parser.intValue() < least || parser.intValue() > most) {
            throw new IllegalArgumentException("[" + member + "] must be an integer from " + least + " to " + most
                    + ", but is [" + shown(parser) + "]");
        }
        return parser.intValue();
    }

    private static List<String> fields(String member, XContentParser parser) throws IOException {
        Set<String> fields = new LinkedHashSet<>();
        boolean valid = parser.currentToken() == Token.START_ARRAY;
        while (valid && parser.nextToken() != Token.END_ARRAY) {
            valid = parser.currentToken() == Token.VALUE_STRING
                    && parser.text().isEmpty() == false
                    && parser.text().length() <= MOST_CHARACTERS
                    && fields.add(parser.text())
                    && fields.size() <= ContentForm.MOST_FIELDS;
        }
        if (valid == false) {
            throw new IllegalArgumentException("[" + member + "] must be an array of at most " + ContentForm.MOST_FIELDS
                    + " distinct names of fields, but holds [" + shown(parser) + "]");
        }
        return List.copyOf(fields);
    }

    private static double share(String member, XContentParser parser) throws IOException {
        double value = parser.currentToken() == Token.VALUE_NUMBER ? parser.doubleValue() : Double.NaN;
        if (value > 0 && value <= MOST_GROWTH) {
            return value;
        }
        throw new IllegalArgumentException(
                "[" + member + "] must be a number above 0, at most 10, but is [" + shown(parser) + "]");
    }

    private static TimeValue time(String member, XContentParser parser) throws IOException {
        try {
            TimeValue time = TimeValue.parseTimeValue(text(member, parser), member);
            if (time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        } catch (IllegalArgumentException e) {
            throw badTime(member, parser, e);
        }
        throw badTime(member, parser, null);
    }

    private static IllegalArgumentException badTime(String member, XContentParser parser, Exception cause)
            throws IOException {
        return new IllegalArgumentException(
                "[" + member
                        + "] must be a time of at least 1s, at most 30d, with its unit, such as [30s] or [5m], but is ["
                        + shown(parser) + "]",
                cause);
    }

    private static String shown(XContentParser parser) throws IOException {
        Token token = parser.currentToken();
        return token.isValue() || token == Token.VALUE_NULL ? ShownValue.of(parser.textOrNull()) : token.toString();
    }
}
