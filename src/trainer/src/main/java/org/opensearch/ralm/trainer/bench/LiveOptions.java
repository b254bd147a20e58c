package org.opensearch.ralm.trainer.bench;

import java.nio.file.Path;

/**
 * What load the bench is to make.
 *
 * @param seconds how long clicks are sent, at least 1
 * @param rate clicks a second, at least 1
 * @param candidates how many candidates there are, at least 1
 * @param users how many users there are, at least 1
 * @param directory where the cluster and the model are kept meanwhile
 */
public record LiveOptions(int seconds, int rate, int candidates, int users, Path directory) {

    /** How many users there are unless said otherwise. */
    public static final int USERS = 50_000;

    /** How many clicks are sent. */
    long clicks() {
        return (long) seconds * rate;
    }
}
