package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.ralm.plugin.click.ClickFields;
import org.opensearch.ralm.plugin.click.ClickId;
import org.opensearch.ralm.plugin.click.VectorFields;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.transport.client.Client;

/**
 * Gives a vector to the clicks whose users had none when they came, or one of another model. Written anew, they are
 * found and counted in the next cycle like any click.
 *
 * <p>Tries a random sample a cycle, and more as long as most users of it are found: a few users who will never have a
 * vector do not keep the others waiting.
 */
final class UnknownUsers {

    private static final int MOST_CLICKS = 20_000;
    private static final int CLICKS_A_BATCH = 1_000;

    private final DocumentStore documents;
    private final BlockMaker maker;
    private final SeedVectors seedVectors;
    private final Random random = new Random();

    private record Click(String candidate, String user) {}

    UnknownUsers(Client client, DocumentStore documents, BlockMaker maker) {
        this.documents = documents;
        this.maker = maker;
        this.seedVectors = new SeedVectors(client, maker);
    }

    /**
     * Looks for vectors for clicks that nobody has looked at, and while a model is prepared for those of other models:
     * some of them, which have a vector or are marked as those of unknown users then.
     *
     * @param index the clicks
     * @return how many there were; as long as there are any, blocks would be of a part of the seeds
     */
    int look(ClickSnapshot snapshot, String index) throws Exception {
        List<Click> clicks = new ArrayList<>();
        ClickCursor cursor = snapshot.clicksNotLookedAt(maker.feed().isTwofold());
        while (clicks.size() < MOST_CLICKS && cursor.next()) {
            clicks.add(new Click(cursor.candidate(), cursor.user()));
        }
        for (int from = 0; from < clicks.size(); from += CLICKS_A_BATCH) {
            List<Click> batch = clicks.subList(from, Math.min(clicks.size(), from + CLICKS_A_BATCH));
            write(batch, vectors(batch), index);
        }
        return clicks.size();
    }

    /**
     * Looks for vectors.
     *
     * @param index the clicks
     * @return how many clicks were given one
     */
    int resolve(ClickSnapshot snapshot, String index) throws Exception {
        List<Click> clicks = sample(snapshot);
        int resolved = 0;
        boolean promising = true;
        for (int from = 0; promising && from < clicks.size(); from += CLICKS_A_BATCH) {
            List<Click> batch = clicks.subList(from, Math.min(clicks.size(), from + CLICKS_A_BATCH));
            int found = resolve(batch, index);
            resolved += found;
            promising = found >= batch.size() / 2;
        }
        return resolved;
    }

    /** A random choice of the clicks without a fitting vector, each as likely as any other, in a random order. */
    private List<Click> sample(ClickSnapshot snapshot) throws IOException {
        List<Click> sample = new ArrayList<>();
        int seen = sample(snapshot.clicksOfUnknownUsers(), sample, 0);
        for (String other : snapshot.otherModels()) {
            seen = sample(snapshot.clicksOfModel(other), sample, seen);
        }
        Collections.shuffle(sample, random);
        return sample;
    }

    private int sample(ClickCursor clicks, List<Click> sample, int before) throws IOException {
        int seen = before;
        while (clicks.next()) {
            seen++;
            if (sample.size() < MOST_CLICKS) {
                sample.add(new Click(clicks.candidate(), clicks.user()));
            } else {
                int place = random.nextInt(seen);
                if (place < MOST_CLICKS) {
                    sample.set(place, new Click(clicks.candidate(), clicks.user()));
                }
            }
        }
        return seen;
    }

    private int resolve(List<Click> clicks, String index) throws Exception {
        Map<String, float[]> vectors = vectors(clicks);
        List<Click> known = clicks.stream()
                .filter(click -> vectors.containsKey(click.user()))
                .toList();
        return known.isEmpty() ? 0 : write(known, vectors, index);
    }

    private Map<String, float[]> vectors(List<Click> clicks) {
        Set<String> users = new HashSet<>();
        clicks.forEach(click -> users.add(click.user()));
        return seedVectors.of(users);
    }

    private int write(List<Click> clicks, Map<String, float[]> vectors, String index) throws Exception {
        MultiGetRequest request = new MultiGetRequest();
        for (Click click : clicks) {
            request.add(new MultiGetRequest.Item(index, ClickId.of(click.candidate(), click.user()))
                    .routing(click.candidate()));
        }
        List<GetResponse> stored = documents.read(request);
        BulkRequest writes = new BulkRequest();
        for (int i = 0; i < clicks.size(); i++) {
            if (stored.get(i) != null) {
                Map<String, Object> source = stored.get(i).getSourceAsMap();
                float[] vector = vectors.get(clicks.get(i).user());
                VectorFields.of(maker.feed())
                        .put(source, maker.feed().model(), vector == null ? null : ClickFields.encoded(vector));
                writes.add(DocumentStore.rewrite(stored.get(i), clicks.get(i).candidate(), source));
            }
        }
        int written = 0;
        for (BulkItemResponse item : documents.write(writes)) {
            written += item.isFailed() ? 0 : 1;
        }
        return written;
    }
}
