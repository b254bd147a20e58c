package org.opensearch.ralm.trainer.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.ralm.artifact.ContentForm;
import org.opensearch.ralm.content.ContentFeatures;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;

/** What a dataset knows of its items, as features of a content model. Immutable, safe for use by several threads. */
final class ItemContent {

    private static final int ROOM = 8;
    private static final int FEWEST_BUCKETS = 64;
    private static final int MOST_WEIGHTS = 1 << 21;

    private final ContentForm form;
    private final ContentFeatures[] features;

    private ItemContent(ContentForm form, ContentFeatures[] features) {
        this.form = form;
        this.features = features;
    }

    /**
     * Hashes the attributes of all items; of more than {@value ContentForm#MOST_FIELDS} attributes the first.
     *
     * @param dataset has at least one attribute of items
     * @param buckets B, or {@link ContentTraining#BUCKETS_BY_VALUES}
     * @param dimension h
     */
    static ItemContent of(Dataset dataset, int buckets, int dimension) {
        List<Attribute> attributes =
                dataset.itemAttributes().stream().limit(ContentForm.MOST_FIELDS).toList();
        ContentForm form = new ContentForm(
                buckets == ContentTraining.BUCKETS_BY_VALUES ? defaultBuckets(attributes, dimension) : buckets,
                attributes.stream().map(Attribute::name).toList());
        ContentFeatures[] features = new ContentFeatures[dataset.items().size()];
        for (int item = 0; item < features.length; item++) {
            Map<String, List<String>> content = new LinkedHashMap<>();
            for (Attribute attribute : attributes) {
                content.put(attribute.name(), values(attribute, item));
            }
            features[item] = ContentFeatures.of(form, content);
        }
        return new ItemContent(form, features);
    }

    /** A power of two with room for eight times the values there are, so that few share a bucket; at most 8 MB of weights. */
    private static int defaultBuckets(List<Attribute> attributes, int dimension) {
        long values =
                attributes.stream().mapToLong(each -> each.vocabulary().size()).sum();
        int buckets = FEWEST_BUCKETS;
        while (buckets < ROOM * values && 2L * buckets * dimension <= MOST_WEIGHTS) {
            buckets *= 2;
        }
        return buckets;
    }

    private static List<String> values(Attribute attribute, int item) {
        IdLists rows = attribute.values();
        List<String> values = new ArrayList<>();
        for (int position = rows.start(item); position < rows.end(item); position++) {
            values.add(attribute.vocabulary().name(rows.id(position)));
        }
        return values;
    }

    ContentForm form() {
        return form;
    }

    /** Whether anything is known of an item. */
    boolean isKnown(int item) {
        return features[item].size() > 0;
    }

    ContentFeatures features(int item) {
        return features[item];
    }
}
