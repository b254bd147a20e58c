package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.LongConsumer;
import org.opensearch.ralm.artifact.UserVectors;

/** One run of loading users: skips what an earlier run brought, leaves out zero vectors, notes how far it came. */
final class UsersLoad implements UserVectors.Receiver {

    private final String model;
    private final LoadProgress progress;
    private final LongConsumer acknowledged;
    private final BulkLoader loader;
    private final long skip;
    private long lines;
    private long users;

    /**
     * @param model the model's id, which each document names
     * @param acknowledged told how many users have been acknowledged in all, those of earlier runs included
     */
    UsersLoad(ClusterClient client, String index, String model, LoadProgress progress, LongConsumer acknowledged) {
        this.model = model;
        this.progress = progress;
        this.acknowledged = acknowledged;
        this.loader = new BulkLoader(client, index, this::noteProgress);
        this.skip = progress.lines();
    }

    @Override
    public void accept(long line, String user, float[] vector) {
        lines = line;
        if (isZero(vector)) {
            return;
        }
        users++;
        if (line > skip) {
            loader.add(user, document(vector));
        }
    }

    /**
     * Sends what is left.
     *
     * @return how many users were left out
     */
    long finish() {
        loader.flush();
        noteProgress();
        return lines - users;
    }

    private void noteProgress() {
        progress.note(lines);
        acknowledged.accept(users);
    }

    private ObjectNode document(float[] vector) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("model", model);
        ArrayNode values = document.putArray("vector");
        for (float value : vector) {
            values.add(value);
        }
        return document;
    }

    private static boolean isZero(float[] vector) {
        for (float value : vector) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
