package org.opensearch.ralm.plugin.refresh;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.opensearch.ralm.plugin.Stored;
import org.opensearch.ralm.plugin.seeds.SeedObject;
import org.opensearch.test.OpenSearchTestCase;

public class StoredCandidateTests extends OpenSearchTestCase {

    public void testClicksAreCountedOnFromWhereTheyWere() throws Exception {
        for (String name : new String[] {"candidate", "candidate-later"}) {
            CountedSeeds counted = CountedSeeds.of(Stored.source(name));
            assertEquals(70_296, counted.block().clusters().seeds());
            assertEquals(new ClickCounts(70_296, 3, 12, 345), counted.counts());
            assertEquals(Instant.parse("2026-11-20T11:58:00Z"), counted.clusteredAt());
            assertEquals("Vf5bX1zsRVC9o4ZbYc0pFQ/2", counted.shard());
            assertEquals(98_765, counted.seqNo());
        }
    }

    public void testClicksOfAnObjectThatNamesNoneAreCountedAfresh() throws Exception {
        Map<String, Object> first = Stored.source("candidate-first");
        assertNull(CountedSeeds.of(first));
        assertEquals(70_296, SeedObject.readableBlock(first).clusters().seeds());
        assertFalse(SeedObject.isContent(first));
    }

    public void testClicksOfABlockThatOnlyANewerBuildReadsAreCountedAfresh() throws Exception {
        Map<String, Object> newer = new HashMap<>(Stored.source("candidate"));
        byte[] block = SeedObject.bytes(newer);
        block[0] = 2;
        newer.put("seeds", Base64.getEncoder().encodeToString(block));
        assertNull(CountedSeeds.of(newer));
        assertNull(SeedObject.readableBlock(newer));
    }
}
