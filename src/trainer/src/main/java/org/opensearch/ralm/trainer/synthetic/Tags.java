package org.opensearch.ralm.trainer.synthetic;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.Vocabulary;

/** Words that users follow and items carry: the visible trace of the latent interests, a few words an interest. */
final class Tags {
    private static final int PER_INTEREST = 3;
    private static final double SPREAD = 0.3;
    private static final double SHARPNESS = 16;

    private final double[][] directions;
    private final Vocabulary vocabulary;

    Tags(Interests interests, Random random) {
        directions = new double[interests.count() * PER_INTEREST][];
        for (int tag = 0; tag < directions.length; tag++) {
            directions[tag] = Directions.near(interests.centre(tag / PER_INTEREST), SPREAD, random);
        }
        vocabulary = Vocabulary.of(IntStream.range(0, directions.length)
                .mapToObj(tag -> "topic-" + (tag / PER_INTEREST + 1) + (char) ('a' + tag % PER_INTEREST))
                .toList());
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The topic of each tag of a tag attribute's rows. */
    Attribute topics(Attribute tags) {
        IdLists.Builder rows = new IdLists.Builder();
        for (int row = 0; row < tags.values().rows(); row++) {
            IntStream.range(tags.values().start(row), tags.values().end(row))
                    .map(position -> tags.values().id(position) / PER_INTEREST)
                    .distinct()
                    .forEach(rows::add);
            rows.endRow();
        }
        Vocabulary topics = Vocabulary.of(IntStream.rangeClosed(1, directions.length / PER_INTEREST)
                .mapToObj(topic -> "topic-" + topic)
                .toList());
        return new Attribute("topics", topics, rows.build());
    }

    /**
     * Adds a row of tags, each drawn by closeness to a position or, with a small chance, at random.
     *
     * @param positions one a tag to be drawn; what is drawn twice counts once
     */
    void addRow(double[][] positions, double randomShare, Random random, IdLists.Builder rows) {
        TreeSet<Integer> drawn = new TreeSet<>();
        for (double[] position : positions) {
            Weights closeness = new Weights(directions.length);
            for (double[] direction : directions) {
                closeness.add(StrictMath.exp(SHARPNESS * (Directions.cosine(position, direction) - 1)));
            }
            drawn.add(random.nextDouble() < randomShare ? random.nextInt(directions.length) : closeness.draw(random));
        }
        drawn.forEach(rows::add);
        rows.endRow();
    }
}
