package org.opensearch.ralm.trainer.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.ActivityField;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.CategoricalField;
import org.opensearch.ralm.trainer.data.ContinuousField;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.HistoryField;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.Vocabulary;

/**
 * What a model sees of the users: the tags they have read and, unless they follow none, follow, close to their interest;
 * and weak fields that tell little (gender, age band), next to nothing (city) or nothing at all (device, tenure).
 */
final class UserFields {
    private static final int FOLLOWED_TAGS = 4;
    private static final double FOLLOWS_NOTHING = 0.3;
    private static final double RANDOM_TAGS = 0.15;
    private static final int READ = 20;
    private static final double TENURE_MISSING = 0.2;

    private final List<LatentUser> users;
    private final Random random;

    UserFields(List<LatentUser> users, Random random) {
        this.users = users;
        this.random = random;
    }

    List<Field> draw(Tags tags, Attribute itemTags) {
        return List.of(
                followedTags(tags),
                new HistoryField("read_tags", itemTags, READ),
                weak("gender", List.of("female", "male"), 1.5, 0.1),
                weak("age_band", List.of("under 20", "20-29", "30-39", "40-49", "50 and over"), 1.5, 0.15),
                weak(
                        "city",
                        IntStream.rangeClosed(1, 20)
                                .mapToObj(city -> "city-" + city)
                                .toList(),
                        0.5,
                        0),
                weak("device", List.of("phone", "tablet", "laptop", "desktop"), 0, 0),
                tenure(),
                new ActivityField("activity"));
    }

    private Field followedTags(Tags tags) {
        IdLists.Builder rows = new IdLists.Builder();
        for (LatentUser user : users) {
            int followedTags = random.nextDouble() < FOLLOWS_NOTHING ? 0 : FOLLOWED_TAGS;
            double[][] positions = new double[followedTags][];
            Arrays.fill(positions, user.position());
            tags.addRow(positions, RANDOM_TAGS, random, rows);
        }
        Attribute followed = new Attribute("tags", tags.vocabulary(), rows.build());
        return new CategoricalField(followed, FieldKind.MULTIVALENT);
    }

    /** A univalent field whose values lean to directions of the latent space as strongly as said. */
    private Field weak(String name, List<String> values, double strength, double missing) {
        double[][] directions =
                values.stream().map(value -> Directions.random(random)).toArray(double[][]::new);
        IdLists.Builder rows = new IdLists.Builder();
        for (LatentUser user : users) {
            if (random.nextDouble() >= missing) {
                Weights weights = new Weights(directions.length);
                for (double[] direction : directions) {
                    weights.add(StrictMath.exp(strength * Directions.cosine(user.position(), direction)));
                }
                rows.add(weights.draw(random));
            }
            rows.endRow();
        }
        return new CategoricalField(new Attribute(name, Vocabulary.of(values), rows.build()), FieldKind.UNIVALENT);
    }

    private Field tenure() {
        float[] days = new float[users.size()];
        for (int user = 0; user < days.length; user++) {
            days[user] = random.nextDouble() < TENURE_MISSING ? Float.NaN : random.nextInt(2_000);
        }
        return ContinuousField.scaled("tenure_days", days);
    }
}
