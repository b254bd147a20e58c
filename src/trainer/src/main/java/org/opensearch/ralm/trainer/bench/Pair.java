package org.opensearch.ralm.trainer.bench;

/**
 * Who clicked what.
 *
 * @param candidate number of the candidate
 * @param user number of the user
 */
record Pair(int candidate, int user) {

    String candidateId() {
        return candidateId(candidate);
    }

    String userId() {
        return userId(user);
    }

    static String candidateId(int candidate) {
        return "c" + candidate;
    }

    static String userId(int user) {
        return "u" + user;
    }
}
