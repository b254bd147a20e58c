package org.opensearch.ralm.trainer;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.CategoricalField;
import org.opensearch.ralm.trainer.data.ContinuousField;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.HistoryField;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.data.Vocabulary;
import org.opensearch.ralm.trainer.network.FieldLayer;
import org.opensearch.ralm.trainer.network.Merge;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.RepresentationOptions;
import org.opensearch.ralm.trainer.training.TrainingOptions;

/**
 * A made-up feed small enough to train on in a second: users of three groups, items that appeal to one group or, every
 * third, to two of them, a quarter of the clicks without any taste, popularity skewed, forty days.
 */
public final class TinyWorld {

    public static final int USERS = 150;
    public static final int ITEMS = 60;
    public static final long DAY = 86_400;

    private static final int GROUPS = 3;
    private static final int DAYS = 40;
    private static final int CLICKS = 3_000;
    private static final double NOISE = 0.25;

    private TinyWorld() {}

    /** The whole feed. */
    public static Dataset dataset() {
        return dataset(clicks().build());
    }

    /** The same users and items with other clicks. */
    public static Dataset dataset(Events events) {
        Vocabulary items = names("i", ITEMS);
        return Dataset.of(
                "tiny",
                names("u", USERS),
                items,
                List.of(),
                events,
                List.of(
                        new CategoricalField(interests(), FieldKind.UNIVALENT),
                        ContinuousField.scaled("age", ages()),
                        new HistoryField("read", Attribute.identity("item", items), 8)));
    }

    /** Its clicks, to be added to. */
    public static Events.Builder clicks() {
        Random random = new Random(5);
        Events.Builder events = new Events.Builder();
        for (int click = 0; click < CLICKS; click++) {
            int user = random.nextInt(USERS);
            events.add(user, item(user, random), (long) (random.nextDouble() * DAYS * DAY));
        }
        return events;
    }

    /** Half of the clicks for the representation, three tenths for the look-alike phase, the rest for tests. */
    public static TimeSplit split(Dataset dataset) {
        return TimeSplit.of(dataset.events(), 0.5, 0.3);
    }

    /** Options that fit its size, the form being the default one. */
    public static TrainingOptions options(long seed) {
        return new TrainingOptions(
                new RepresentationOptions(
                        new RepresentationOptions.Form(16, 16, FieldLayer.NONE, Merge.ATTENTION, 2),
                        new RepresentationOptions.Sampling(
                                50, 5, RepresentationOptions.Negatives.TIME_LOCAL, false, 0.2),
                        new RepresentationOptions.Schedule(3, 128, 2e-2),
                        List.of()),
                lookalike(LookalikeOptions.DEFAULT),
                2,
                1000,
                seed);
    }

    /** The form and objective of the given options at a size that fits. */
    public static LookalikeOptions lookalike(LookalikeOptions like) {
        return like.withDimension(16)
                .withClusters(4)
                .withSeeds(new LookalikeOptions.Seeds(5, 40, 2, 0))
                .withSchedule(new LookalikeOptions.Schedule(5, 3, 64, 1e-2));
    }

    /** Whether an item is made for a user's group. */
    public static boolean suits(int user, int item) {
        int group = user % GROUPS;
        boolean mixture = item % 3 == 2;
        return item % GROUPS == group || mixture && (item / GROUPS) % GROUPS == group;
    }

    private static int item(int user, Random random) {
        boolean tasteless = random.nextDouble() < NOISE;
        while (true) {
            int item = (int) (ITEMS * Math.pow(random.nextDouble(), 1.5));
            if (tasteless || suits(user, item)) {
                return item;
            }
        }
    }

    /** What users say they like, wrong for one in five and missing for one in ten. */
    private static Attribute interests() {
        Random random = new Random(6);
        IdLists.Builder values = new IdLists.Builder();
        for (int user = 0; user < USERS; user++) {
            if (random.nextDouble() >= 0.1) {
                values.add(random.nextDouble() < 0.2 ? random.nextInt(GROUPS) : user % GROUPS);
            }
            values.endRow();
        }
        return new Attribute("interest", Vocabulary.of(List.of("arts", "science", "sport")), values.build());
    }

    /** How old users are, in years; NaN for one in seven. */
    public static float[] ages() {
        Random random = new Random(7);
        float[] ages = new float[USERS];
        for (int user = 0; user < USERS; user++) {
            ages[user] = user % 7 == 0 ? Float.NaN : 18 + random.nextInt(60);
        }
        return ages;
    }

    private static Vocabulary names(String prefix, int count) {
        return Vocabulary.of(
                IntStream.range(0, count).mapToObj(id -> prefix + id).toList());
    }
}
