package org.opensearch.ralm.plugin.audience;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.ralm.plugin.exposure.ExposureRule;
import org.opensearch.ralm.plugin.score.ScoreOutput;
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
                randomBoolean(),
                randomBoolean() ? null : new ExposureRule(randomDoubleBetween(0.1, 99, true)),
                randomFrom(ScoreOutput.values()));
    }

    @Override
    protected AudienceRequest mutateInstance(AudienceRequest from) {
        return switch (between(0, 3)) {
            case 0 ->
                new AudienceRequest(
                        from.feed() + "x", from.candidate(), from.excludeSeeds(), from.exposure(), from.output());
            case 1 ->
                new AudienceRequest(
                        from.feed(), from.candidate() + "x", from.excludeSeeds(), from.exposure(), from.output());
            case 2 ->
                new AudienceRequest(
                        from.feed(), from.candidate(), from.excludeSeeds() == false, from.exposure(), from.output());
            default ->
                new AudienceRequest(
                        from.feed(), from.candidate(), from.excludeSeeds(), new ExposureRule(100), from.output());
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
        assertEquals(new AudienceRequest("news", "17", true, null, ScoreOutput.SIMILARITY), request);
        assertFalse(AudienceRequest.of(Map.of("feed", "news", "candidate", "a", "exclude_seeds", false))
                .excludeSeeds());
    }

    public void testFaultsNameMemberValueAndWhatWasExpected() {
        assertRefused("[feed] of [ralm_audience] is missing", "feed", null);
        assertRefused("[candidate] of [ralm_audience] is missing", "candidate", null);
        assertRefused("[candidate] must be a string of 1 to 512 characters, but is []", "candidate", "");
        assertRefused("[feed] must be a string of 1 to 512 characters, but is [5]", "feed", 5);
        assertRefused("[exclude_seeds] must be true or false, but is [yes]", "exclude_seeds", "yes");
        for (Object bad : List.of(0, -1, 101, "1")) {
            assertRefused(
                    "[top_percent] must be a number above 0, at most 100, but is [" + bad + "]", "top_percent", bad);
        }
        assertRefused(
                "[size] is not a known member of [ralm_audience], expected [feed] and [candidate], and any of "
                        + "[exclude_seeds], [top_percent], [score] and [query]",
                "size",
                5);
    }
}
