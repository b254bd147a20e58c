package org.opensearch.ralm.trainer.baseline;

import java.util.List;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.CategoricalField;
import org.opensearch.ralm.trainer.data.ContinuousField;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.HistoryField;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.Vocabulary;

/** Feeds of a few clicks, written out by hand. */
final class Clicks {

    private Clicks() {}

    /** Users with a colour each, an age each (NaN for none), and what they read; users are named 0, 1, … as are items. */
    static Dataset dataset(int items, List<String> colours, float[] ages, int[][] userItemTime) {
        Vocabulary colourNames = Vocabulary.of(colours);
        IdLists.Builder values = new IdLists.Builder();
        colours.forEach(colour -> values.add(colourNames.id(colour)).endRow());
        Events.Builder events = new Events.Builder();
        for (int[] click : userItemTime) {
            events.add(click[0], click[1], click[2]);
        }
        Vocabulary itemNames = numbers(items);
        return Dataset.of(
                "clicks",
                numbers(colours.size()),
                itemNames,
                List.of(),
                events.build(),
                List.of(
                        new CategoricalField(new Attribute("colour", colourNames, values.build()), FieldKind.UNIVALENT),
                        ContinuousField.scaled("age", ages),
                        new HistoryField("read", Attribute.identity("item", itemNames), 5)));
    }

    private static Vocabulary numbers(int count) {
        return Vocabulary.of(
                IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }
}
