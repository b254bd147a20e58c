package org.opensearch.ralm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class VocabularyTests {

    @Test
    void numbersNamesInOrderOfFirstAppearance() {
        Vocabulary vocabulary = Vocabulary.of(List.of("b", "a", "b", "", "c"));
        assertEquals(4, vocabulary.size());
        assertEquals(0, vocabulary.id("b"));
        assertEquals(2, vocabulary.id(""));
        assertEquals("c", vocabulary.name(3));
        assertEquals(-1, vocabulary.id("d"));
    }

    @Test
    void findsEachOfManyNamesAgain() {
        Vocabulary.Builder builder = new Vocabulary.Builder();
        for (int i = 0; i < 100_000; i++) {
            assertEquals(i, builder.add("user-" + i));
            assertEquals(i / 2, builder.add("user-" + i / 2));
        }
        Vocabulary vocabulary = builder.build();
        assertEquals(100_000, vocabulary.size());
        for (int i = 0; i < 100_000; i++) {
            assertEquals(i, vocabulary.id(vocabulary.name(i)));
        }
    }

    @Test
    void namesAddedAfterBuildingDoNotReachTheBuiltVocabulary() {
        Vocabulary.Builder builder = new Vocabulary.Builder();
        builder.add("a");
        Vocabulary vocabulary = builder.build();
        builder.add("b");
        assertEquals(1, vocabulary.size());
        assertEquals(-1, vocabulary.id("b"));
    }

    @Test
    void anEmptyVocabularyKnowsNothing() {
        assertEquals(-1, Vocabulary.of(List.of()).id("a"));
    }
}
