package org.opensearch.ralm.trainer.embedding;

import org.opensearch.ralm.hash.Murmur3;

/**
 * One of several equal parts of all users: those whose id's MurmurHash3_x86_32, unsigned, is {@code number − 1} modulo
 * {@code count}.
 *
 * @param number from 1 to {@code count}
 * @param count how many parts there are
 */
public record Shard(int number, int count) {

    /** All users. */
    public static final Shard ALL = new Shard(1, 1);

    /** Checks the number. */
    public Shard {
        if (number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "a shard's number is from 1 to " + count + ", how many there are, but is " + number);
        }
    }

    /**
     * Reads {@code 2/8}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Shard parse(String text) {
        if (text.matches("[0-9]{1,9}/[0-9]{1,9}") == false) {
            throw new IllegalArgumentException(
                    "a shard is written as NUMBER/COUNT, such as 2/8, but is '" + text + "'");
        }
        int slash = text.indexOf('/');
        return new Shard(Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** Whether a user belongs to it. */
    boolean holds(String user) {
        return Murmur3.share(user, count) == number - 1;
    }

    @Override
    public String toString() {
        return number + "/" + count;
    }
}
