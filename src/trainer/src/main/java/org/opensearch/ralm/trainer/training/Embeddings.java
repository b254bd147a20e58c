package org.opensearch.ralm.trainer.training;

import java.util.Arrays;
import org.opensearch.ralm.lookalike.LookalikeModel;

/**
 * The universal embeddings of some users at given moments. Where there is room they are kept from the first time on;
 * else they are made anew each time, the same to the last bit. Not safe for use by several threads.
 */
final class Embeddings {

    private final UserEmbedder embedder;
    private final EmbeddingRoom room;
    private final int[] users;
    private final long[] times;
    private FloatRows kept;

    /** Users as of just before a moment of each. */
    Embeddings(UserEmbedder embedder, EmbeddingRoom room, int[] users, long[] times) {
        this.embedder = embedder;
        this.room = room;
        this.users = users;
        this.times = times;
    }

    /** Users as of just before one moment. */
    Embeddings(UserEmbedder embedder, EmbeddingRoom room, int[] users, long time) {
        this(embedder, room, users, new long[users.length]);
        Arrays.fill(times, time);
    }

    /** A row a user. */
    FloatRows rows() {
        if (kept != null) {
            return kept;
        }
        FloatRows rows = embedder.embed(users, times, embedder.dimension(), universal -> universal);
        if (room.take(rows.bytes())) {
            kept = rows;
        }
        return rows;
    }

    /** The users' look-alike vectors under a model. */
    FloatRows lookalike(LookalikeModel model) {
        return embedder.embed(users, times, model.dimension(), model::transform);
    }
}
