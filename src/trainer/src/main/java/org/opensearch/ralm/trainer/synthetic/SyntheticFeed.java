package org.opensearch.ralm.trainer.synthetic;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.Vocabulary;

/**
 * A made-up news feed: users gather around latent interests, items are for users around one, two or ten of them, some clicks
 * are noise, items are born and die. Unlike a real feed it knows who truly likes what, so the best score that any model
 * could reach can be measured. Immutable and thread-safe; the same options give the same feed on every machine.
 */
public final class SyntheticFeed {
    private static final int ITEM_TAGS = 4;

    private final Dataset dataset;
    private final List<LatentUser> users;
    private final List<LatentItem> items;
    private final Affinity affinity;
    private final double noise;
    private final Attribute itemTopics;

    private SyntheticFeed(
            Dataset dataset,
            List<LatentUser> users,
            List<LatentItem> items,
            Affinity affinity,
            double noise,
            Attribute itemTopics) {
        this.dataset = dataset;
        this.noise = noise;
        this.itemTopics = itemTopics;
        this.users = users;
        this.items = items;
        this.affinity = affinity;
    }

    /**
     * Makes the feed; takes some seconds with the default options.
     *
     * @throws IllegalArgumentException if so few items are alive at a time that the clicks find no place
     */
    public static SyntheticFeed generate(SyntheticFeedOptions options) {
        Random world = random(options, 1);
        Interests interests = new Interests(options.interests(), world);
        Tags tags = new Tags(interests, world);
        List<LatentUser> users = Stream.generate(() -> LatentUser.draw(interests, world))
                .limit(options.users())
                .toList();
        List<LatentItem> items = Stream.generate(() -> LatentItem.draw(interests, options.days(), world))
                .limit(options.items())
                .toList();
        Affinity affinity = new Affinity(users, items);
        Events events = new Clicks(options, users, items, affinity, random(options, 2)).draw();
        Attribute itemTags = itemTags(items, tags, random(options, 3));
        Dataset dataset = Dataset.of(
                "synthetic",
                names("user-", users.size()),
                names("news-", items.size()),
                List.of(itemTags),
                events,
                new UserFields(users, random(options, 4)).draw(tags, itemTags));
        return new SyntheticFeed(dataset, users, items, affinity, options.noise(), tags.topics(itemTags));
    }

    /** What a model may see. */
    public Dataset dataset() {
        return dataset;
    }

    /**
     * How many times likelier than the average user a user is to click an item, noise aside: above 0, mean 1. No model
     * can rank better than by this.
     *
     * @param user dense id in {@link #dataset()}
     * @param item dense id in {@link #dataset()}
     */
    public double affinity(int user, int item) {
        return affinity.of(user, item);
    }

    /** Whether an item has been born and has not died at a moment, in seconds. */
    public boolean isAlive(int item, long time) {
        return items.get(item).popularity(Clicks.day(time)) > 0;
    }

    /**
     * How readily a user clicks an item, by the law that all clicks of the feed were drawn by: the item's popularity at
     * the moment times the affinity of the two, or one for the share of clicks that are noise. 0 for items that are not
     * alive; only the proportions mean something.
     *
     * @param time seconds
     */
    public double appeal(int user, int item, long time) {
        return items.get(item).popularity(Clicks.day(time)) * ((1 - noise) * affinity(user, item) + noise);
    }

    /** The topics that the items' tags belong to: their categories. */
    public Attribute itemTopics() {
        return itemTopics;
    }

    LatentUser user(int user) {
        return users.get(user);
    }

    LatentItem item(int item) {
        return items.get(item);
    }

    /** One stream of random numbers a part, so that a change to one part leaves the others as they are. */
    private static Random random(SyntheticFeedOptions options, int part) {
        return new Random(new SplittableRandom(options.seed() * 31 + part).nextLong());
    }

    /** Each tag of an item comes from a part of its audience, in proportion to the parts' shares. */
    private static Attribute itemTags(List<LatentItem> items, Tags tags, Random random) {
        IdLists.Builder rows = new IdLists.Builder();
        for (LatentItem item : items) {
            double[][] positions = new double[ITEM_TAGS][];
            for (int tag = 0; tag < ITEM_TAGS; tag++) {
                positions[tag] = item.directions()[item.mixture().drawPart(random)];
            }
            tags.addRow(positions, 0, random, rows);
        }
        return new Attribute("tags", tags.vocabulary(), rows.build());
    }

    private static Vocabulary names(String prefix, int count) {
        return Vocabulary.of(
                IntStream.range(0, count).mapToObj(id -> prefix + (id + 1)).toList());
    }
}
