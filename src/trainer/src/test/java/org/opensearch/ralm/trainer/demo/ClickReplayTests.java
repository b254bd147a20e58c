package org.opensearch.ralm.trainer.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.Protocol;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.FakeClicks;
import org.opensearch.ralm.trainer.live.Pace;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.FakeCluster;

class ClickReplayTests {

    private static final int MAX_SEEDS = 20;

    private final Dataset dataset = coarse(TinyWorld.dataset());
    private final SeedIndex seeds =
            SeedIndex.of(dataset.events(), dataset.items().size());
    private final TestBlock block = Protocol.standard()
            .withMinSeeds(5)
            .requiredTestBlocks(dataset, seeds, TinyWorld.split(dataset))
            .get(0);
    private final ClickReplay replay = ClickReplay.of(dataset, block);

    @Test
    void theUsersWithTheNewestTimesAreTheTrainersSeeds() {
        Map<String, Map<String, Long>> times = new HashMap<>();
        replay.clicks().forEach(click -> times.computeIfAbsent(click.candidate(), fresh -> new HashMap<>())
                .put(click.user(), click.time()));
        for (int item : block.pool()) {
            List<String> newest = times.get(dataset.items().name(item)).entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .map(Map.Entry::getKey)
                    .limit(MAX_SEEDS)
                    .toList();
            assertEquals(
                    Arrays.stream(seeds.seedsOf(item, block.block().start(), MAX_SEEDS))
                            .mapToObj(dataset.users()::name)
                            .toList(),
                    newest);
        }
    }

    @Test
    void clicksAreInOrderOfTimeAndOfCandidatesAlone() {
        assertEquals(
                replay.clicks().stream()
                        .sorted(Comparator.comparingLong(Click::time))
                        .toList(),
                replay.clicks());
        Set<String> candidates = new HashSet<>();
        replay.clicks().forEach(click -> candidates.add(click.candidate()));
        assertEquals(
                IntStream.of(block.pool()).mapToObj(dataset.items()::name).collect(Collectors.toSet()), candidates);
    }

    @Test
    void newcomersHaveNoClickBefore() {
        ClickReplay clicks = new ClickReplay(List.of(click("a"), click("b"), click("a"), click("c"), click("b")));
        assertEquals(Set.of("c"), clicks.newcomers(0.5));
        assertEquals(Set.of("a", "b", "c"), clicks.newcomers(0));
        assertEquals(Set.of(), clicks.newcomers(1));
    }

    @Test
    void clicksAreSentInTheirOrder() throws IOException {
        List<Click> received = new ArrayList<>();
        FakeClicks clicks = new FakeClicks(click -> 0);
        try (FakeCluster cluster = new FakeCluster();
                ClusterClient client = cluster.client()) {
            cluster.answer(clicks::answer);
            ClickWriter writer = new ClickWriter(client, "clicks", BackOff.standard());
            replay.send(writer, Pace.of(Integer.MAX_VALUE), (click, acknowledgement) -> received.add(click));
        }
        assertEquals(replay.clicks(), received);
        assertTrue(clicks.bulks().size() > 1, "more than one bulk");
    }

    private static Click click(String candidate) {
        return new Click(candidate, "u", 0);
    }

    /** The same clicks with times of whole quarters of an hour, so that many share one. */
    private static Dataset coarse(Dataset dataset) {
        Events events = dataset.events();
        Events.Builder coarse = new Events.Builder();
        for (int event = 0; event < events.size(); event++) {
            coarse.add(events.user(event), events.item(event), events.time(event) / 900 * 900);
        }
        return TinyWorld.dataset(coarse.build());
    }
}
