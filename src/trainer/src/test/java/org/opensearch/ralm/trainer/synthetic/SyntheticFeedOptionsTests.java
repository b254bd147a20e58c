package org.opensearch.ralm.trainer.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyntheticFeedOptionsTests {

    @Test
    void changesTheDefaultsAsTheTextSays() {
        assertEquals(SyntheticFeedOptions.defaults(), SyntheticFeedOptions.parse(""));
        assertEquals(
                new SyntheticFeedOptions(-7, 100, 1_200, 500, 3, 5, 0.3),
                SyntheticFeedOptions.parse("users=100, seed=-7,events=500,days=3,interests=5,noise=0.3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "seeds=3=>unknown option [seeds], expected one of [seed, users, items, events, days, interests, noise]",
                "users=>[users] is not of the form key=value",
                "users=many=>[users] is [many], expected a number",
                "users=9=>[users] is [9], expected 10 or more",
                "noise=1=>[noise] is [1.0], expected a share in [0, 1)",
                "noise=NaN=>[noise] is [NaN], expected a share in [0, 1)",
                "events=1200001=>[events] is [1200001], expected at most a quarter of users x items, 1200000",
            })
    void refusesWhatDoesNotDo(String changes, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> SyntheticFeedOptions.parse(changes))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
