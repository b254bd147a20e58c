package org.opensearch.ralm.plugin.refresh;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.ralm.plugin.exposure.ExposureField;
import org.opensearch.ralm.plugin.exposure.ExposureThresholds;
import org.opensearch.ralm.plugin.exposure.SampleSearch;
import org.opensearch.ralm.plugin.exposure.ScoringFingerprint;
import org.opensearch.ralm.plugin.exposure.UserSample;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.seeds.SeedObject;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.transport.client.Client;

/**
 * Gives the candidates of a feed their exposure thresholds, by a sample of its users that is read once an hour, or once
 * a minute where there are fewer users than the feed wants.
 *
 * <p>Thresholds are made with each new block, and for blocks that have none of the model's scores, or some of less than
 * half as many users as the sample has by now. What stands in their way is told by the status, and keeps nothing from
 * being refreshed. Used by one thread at a time, but for the status.
 */
final class Exposures implements AutoCloseable {

    private static final long RENEWAL = TimeValue.timeValueHours(1).nanos();
    private static final long RETRY = TimeValue.timeValueMinutes(1).nanos();
    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(60);

    private final BlockMaker maker;
    private final long scoring;
    private final Client client;
    private final Memory memory;
    private Set<String> indices = Set.of();
    private UserSample sample;
    private volatile long reserved;
    private long readAt;
    private boolean read;
    private boolean whole;
    private int generation;
    private int usersOfGeneration;
    private volatile ExposureStatus status;

    /**
     * @param client acts as the plugin
     * @param memory what the sample takes is accounted for there
     */
    Exposures(BlockMaker maker, Client client, Memory memory) {
        this.maker = maker;
        this.scoring = ScoringFingerprint.of(maker.model());
        this.client = client;
        this.memory = memory;
        this.status = ExposureStatus.NONE;
    }

    /**
     * Begins a cycle: sees where thresholds can be written to, and renews the sample if it is time to.
     *
     * @param candidates the indices of the candidates that may be written to
     */
    void begin(Metadata metadata, Set<String> candidates) {
        Feed feed = maker.feed();
        if (feed.refresh().exposureSample() == 0) {
            status = new ExposureStatus(0, "[exposure_sample] of the feed is 0");
            return;
        }
        Set<String> mapped = new TreeSet<>(candidates);
        mapped.removeIf(index -> ExposureField.isMapped(metadata, index, feed.field()) == false);
        if (indices.containsAll(mapped) == false) {
            generation++;
        }
        indices = mapped;
        if (mapped.isEmpty()) {
            status = new ExposureStatus(
                    0,
                    "the mapping of " + new TreeSet<>(candidates) + " lacks field ["
                            + ExposureField.beside(feed.field()) + "], which _setup adds");
            return;
        }
        renewIfDue();
    }

    private void renewIfDue() {
        long now = System.nanoTime();
        if (read && now - readAt < (whole ? RENEWAL : RETRY)) {
            return;
        }
        read = true;
        readAt = now;
        try {
            renew();
        } catch (Exception e) {
            status = new ExposureStatus(
                    size(),
                    "users could not be read: "
                            + ExceptionsHelper.unwrapCause(e).getMessage());
        }
    }

    private void renew() {
        reserve();
        int dimension = maker.model().dimension();
        int wanted = maker.feed().refresh().exposureSample();
        PlainActionFuture<SampleSearch.Drawn> answer = new PlainActionFuture<>();
        SampleSearch.draw(client, maker.feed(), dimension, wanted, answer);
        SampleSearch.Drawn drawn = answer.actionGet(TIMEOUT);
        whole = drawn.users() == wanted;
        if (drawn.vectors().isEmpty()) {
            status = new ExposureStatus(
                    size(),
                    "no user in [" + maker.feed().users() + "] has a vector of model ["
                            + maker.feed().model() + "]");
            return;
        }
        sample = new UserSample(maker.model(), drawn.vectors());
        if (sample.size() > 2 * usersOfGeneration) {
            generation++;
            usersOfGeneration = sample.size();
        }
        status = new ExposureStatus(sample.size(), null);
    }

    private void reserve() {
        if (reserved == 0) {
            long bytes = UserSample.bytes(
                    maker.feed().refresh().exposureSample(), maker.model().dimension());
            memory.take(bytes, "ralm_exposure");
            reserved = bytes;
        }
    }

    private int size() {
        return sample == null ? 0 : sample.size();
    }

    /** Grows whenever candidates that were passed over may now be given thresholds. */
    int generation() {
        return generation;
    }

    /** Whether candidates of an index can be given thresholds. */
    private boolean covers(String index) {
        return sample != null && indices.contains(index);
    }

    /** Whether a candidate with a block of the model should be given thresholds, going by those it has. */
    boolean areWanted(String index, ExposureThresholds stored) {
        return covers(index) && (stored == null || stored.isOf(scoring) == false || 2 * stored.users() < sample.size());
    }

    /** The same, going by the object in its document. */
    boolean areWanted(String index, Map<String, Object> object) {
        byte[] block = SeedObject.bytes(object);
        return block != null && covers(index) && sample.accepts(block) && areWanted(index, ExposureField.in(object));
    }

    /** Writes thresholds into the object of a candidate that {@linkplain #areWanted should be given} some. */
    boolean describe(String index, Map<String, Object> object) {
        if (areWanted(index, object) == false) {
            return false;
        }
        ExposureField.put(object, sample.thresholds(SeedObject.bytes(object)));
        return true;
    }

    /** How it stands; safe to call from any thread. */
    ExposureStatus status() {
        return status;
    }

    /** What it holds of the memory; safe to call from any thread. */
    long bytes() {
        return reserved;
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        memory.giveBack(reserved);
        reserved = 0;
        sample = null;
        read = false;
    }
}
