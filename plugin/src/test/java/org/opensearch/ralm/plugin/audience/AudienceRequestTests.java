package org.opensearch.ralm.plugin.audience;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.ralm.plugin.exposure.ExposureRule;
import org.opensearch.ralm.plugin.score.ScoreOutput;
import org.opensearch.ralm.plugin.system.ShownValue;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class AudienceRequestTests extends AbstractWireSerializingTestCase<AudienceRequest> {

    @Override
    protected Writeable.Reader<AudienceRequest> instanceReader() {
        return AudienceRequest::read;
    }

    @Override
    protected AudienceRequest createTestInstance() {
        return new AudienceRequest(
                randomAlphaOfLength(5),
                randomAlphaOfLength(5),
                randomBoolean() ? null : randomAlphaOfLength(5),
                randomBoolean(),
                randomBoolean() ? null : new ExposureRule(randomDoubleBetween(0.1, 99, true)),
                randomFrom(ScoreOutput.values()));
    }

    @Override
    protected AudienceRequest mutateInstance(AudienceRequest from) {
        String feed = from.feed();
        String candidate = from.candidate();
        String routing = from.routing();
        boolean exclude = from.excludeSeeds();
        ExposureRule exposure = from.exposure();
        return switch (between(0, 4)) {
            case 0 -> new AudienceRequest(feed + "x", candidate, routing, exclude, exposure, from.output());
            case 1 -> new AudienceRequest(feed, candidate + "x", routing, exclude, exposure, from.output());
            case 2 -> new AudienceRequest(feed, candidate, routing + "x", exclude, exposure, from.output());
            case 3 -> new AudienceRequest(feed, candidate, routing, exclude == false, exposure, from.output());
            default -> new AudienceRequest(feed, candidate, routing, exclude, new ExposureRule(100), from.output());
        };
    }

    private static void assertRefused(String message, String member, Object value) {
        Map<String, Object> members = new HashMap<>(Map.of("feed", "news", "candidate", "a"));
        members.put(member, value);
        IllegalArgumentException e = expectThrows(IllegalArgumentException.class, () -> AudienceRequest.of(members));
        assertEquals(message, e.getMessage());
    }

    public void testSeedsAreLeftOutUnlessTheRequestWantsThem() {
        AudienceRequest request = AudienceRequest.of(Map.of("feed", "news", "candidate", 17));
        assertEquals(new AudienceRequest("news", "17", null, true, null, ScoreOutput.SIMILARITY), request);
        assertFalse(AudienceRequest.of(Map.of("feed", "news", "candidate", "a", "exclude_seeds", false))
                .excludeSeeds());
    }

    public void testFaultsNameMemberValueAndWhatWasExpected() {
        assertRefused("[feed] of [ralm_audience] is missing", "feed", null);
        assertRefused("[candidate] of [ralm_audience] is missing", "candidate", null);
        assertRefused("[candidate] must be a string of 1 to 512 characters, but is []", "candidate", "");
        assertRefused("[feed] must be a string of 1 to 512 characters, but is [5]", "feed", 5);
        for (Object bad : List.of("", "x".repeat(513), 5)) {
            assertRefused(
                    "[routing] must be a string of 1 to 512 characters, but is [" + ShownValue.of(bad) + "]",
                    "routing",
                    bad);
        }
        assertRefused("[exclude_seeds] must be true or false, but is [yes]", "exclude_seeds", "yes");
        for (Object bad : List.of(0, -1, 101, "1")) {
            assertRefused(
                    "[top_percent] must be a number above 0, at most 100, but is [" + bad + "]", "top_percent", bad);
        }
        assertRefused(
                "[size] is not a known member of [ralm_audience], expected [feed] and [candidate], and any of "
                        + "[routing], [exclude_seeds], [top_percent], [score] and [query]",
                "size",
                5);
    }
}
