package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * How a candidate's seeds become its block.
 *
 * @param k how many clusters the seeds form at most, 1 to 128; 0 only in requests, where it stands for the model's
 * @param encoding how seed blocks are stored
 * @param maxSeeds how many seeds a candidate has at most, the newest, 1 to {@value #MOST_SEEDS}
 * @param sampleSize how many of them a clustering reads at most, {@value #SMALLEST_SAMPLE} to {@value #LARGEST_SAMPLE}
 * @param minSeeds how many of them a candidate needs so as not to be cold, 1 to {@code maxSeeds}
 * @param contentFields the candidates' fields by which one with fewer seeds is given a pseudo-seed; none for no such
 */
public record SeedRules(
        int k, Encoding encoding, int maxSeeds, int sampleSize, int minSeeds, List<String> contentFields)
        implements Writeable, ToXContentFragment {

    /** What holds where a feed says nothing else; k is the model's. */
    public static final SeedRules DEFAULT =
            new SeedRules(0, Encoding.FLOAT32, 3_000_000, CandidateClustering.SAMPLE_SIZE, 100);

    static final int MOST_SEEDS = 3_000_000;
    static final int SMALLEST_SAMPLE = 100;
    static final int LARGEST_SAMPLE = 1_000_000;

    /** Copies the list. */
    public SeedRules {
        contentFields = List.copyOf(contentFields);
    }

    /** Rules by which candidates with few seeds get no pseudo-seed. */
    public SeedRules(int k, Encoding encoding, int maxSeeds, int sampleSize, int minSeeds) {
        this(k, encoding, maxSeeds, sampleSize, minSeeds, List.of());
    }

    /** Reads them from the wire. */
    public static SeedRules read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "rules of seeds");
        return new SeedRules(
                members.readVInt(),
                members.readEnum(Encoding.class),
                members.readVInt(),
                members.readVInt(),
                members.readVInt(),
                members.readStringList());
    }

    /** Reads them from the source of a feed; one stored before a member was known has its default. */
    static SeedRules ofSource(Map<String, Object> source) {
        return new SeedRules(
                ((Number) source.get("k")).intValue(),
                Encoding.ofName((String) source.get("encoding")),
                integer(source, "max_seeds", DEFAULT.maxSeeds),
                integer(source, "sample_size", DEFAULT.sampleSize),
                integer(source, "min_seeds", DEFAULT.minSeeds),
                texts(source, "content_fields"));
    }

    /** The same rules with another number of clusters. */
    SeedRules withClusters(int clusters) {
        return new SeedRules(clusters, encoding, maxSeeds, sampleSize, minSeeds, contentFields);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeVInt(k);
            members.writeEnum(encoding);
            members.writeVInt(maxSeeds);
            members.writeVInt(sampleSize);
            members.writeVInt(minSeeds);
            members.writeStringCollection(contentFields);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field("k", k)
                .field("encoding", encoding.toString())
                .field("max_seeds", maxSeeds)
                .field("sample_size", sampleSize)
                .field("min_seeds", minSeeds);
        return contentFields.isEmpty() ? builder : builder.field("content_fields", contentFields);
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Map<String, Object> source, String member) {
        return source.get(member) instanceof List<?> texts ? (List<String>) texts : List.of();
    }

    private static int integer(Map<String, Object> source, String member, int byDefault) {
        return source.get(member) instanceof Number number ? number.intValue() : byDefault;
    }
}
