package org.opensearch.ralm.plugin.health;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.opensearch.Version;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.node.DiscoveryNodeRole;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.common.transport.TransportAddress;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.RefreshRules;
import org.opensearch.ralm.plugin.feed.SeedRules;
import org.opensearch.ralm.plugin.refresh.FeedPulse;
import org.opensearch.test.OpenSearchTestCase;

/** What is concluded from what nodes tell; what is found in the cluster's state is seen in HealthTests. */
public class ExaminationTests extends OpenSearchTestCase {

    /** What is always found in a cluster without nodes and indices. */
    private static final Set<Reason> OF_THE_STATE =
            Set.of(Reason.NO_INGEST_NODE, Reason.USERS_INDEX_MISSING, Reason.CANDIDATES_INDEX_MISSING);

    private static Feed feed(String interval, int exposureSample) {
        TimeValue often = TimeValue.parseTimeValue(interval, "refresh_interval");
        RefreshRules rules = new RefreshRules(often, TimeValue.timeValueMinutes(5), 0.5, exposureSample);
        return new Feed("news", "articles", null, "users", "m1", "ralm.seeds", SeedRules.DEFAULT, rules);
    }

    private static NodeHealth node(int number, boolean refusedMemory, long clicks, long unknown, FeedPulse pulse) {
        return node(
                number,
                DiscoveryNodeRole.DATA_ROLE,
                new NodeHealth.Signs(false, refusedMemory, clicks, unknown, Set.of(), Map.of("news", pulse)));
    }

    private static NodeHealth node(int number, DiscoveryNodeRole role, NodeHealth.Signs signs) {
        DiscoveryNode node = new DiscoveryNode(
                "node-" + number,
                "id-" + number,
                new TransportAddress(InetAddress.getLoopbackAddress(), 9300 + number),
                Map.of(),
                Set.of(role),
                Version.CURRENT);
        return new NodeHealth(node, signs);
    }

    private static Set<Reason> reasons(Feed feed, List<NodeHealth> nodes) {
        HealthRequest request = new HealthRequest();
        request.setFeeds(Map.of(feed.name(), feed));
        return new Examination(ClusterState.EMPTY_STATE, nodes)
                .of(request, List.of(), true).stream()
                        .map(Finding::reason)
                        .filter(reason -> OF_THE_STATE.contains(reason) == false)
                        .collect(Collectors.toSet());
    }

    private static Set<Reason> reasons(Feed feed, FeedPulse... pulses) {
        List<NodeHealth> nodes = new ArrayList<>();
        for (FeedPulse pulse : pulses) {
            nodes.add(node(nodes.size(), false, 0, 0, pulse));
        }
        return reasons(feed, nodes);
    }

    private static FeedPulse idle(long seconds) {
        return new FeedPulse(TimeValue.timeValueSeconds(seconds).millis(), 0, 0, null, null);
    }

    private static FeedPulse candidates(long warm, long cold) {
        return new FeedPulse(0, warm, cold, null, null);
    }

    public void testClicksThatWaitForMoreThanFiveIntervalsAreLate() {
        assertEquals(Set.of(), reasons(feed("1m", 10), idle(0), idle(300)));
        assertEquals(Set.of(Reason.REFRESH_LATE), reasons(feed("1m", 10), idle(0), idle(301)));
    }

    public void testHalfAMinuteIsNeverLate() {
        assertEquals(Set.of(), reasons(feed("1s", 10), idle(30)));
        assertEquals(Set.of(Reason.REFRESH_LATE), reasons(feed("1s", 10), idle(31)));
    }

    public void testFaultsOfOneNodeAreSaid() {
        FeedPulse failing = new FeedPulse(0, 0, 0, "no disk", null);
        assertEquals(Set.of(Reason.REFRESH_FAILING), reasons(feed("1m", 10), FeedPulse.NONE, failing));
        FeedPulse unexposed = new FeedPulse(0, 0, 0, null, "no users");
        assertEquals(Set.of(Reason.EXPOSURE_UNKNOWN), reasons(feed("1m", 10), unexposed, FeedPulse.NONE));
        assertEquals("exposure is not asked for", Set.of(), reasons(feed("1m", 0), unexposed));
    }

    public void testColdCandidatesOfAllNodesAreAddedUp() {
        assertEquals(Set.of(Reason.MOSTLY_COLD), reasons(feed("1m", 10), candidates(9, 50), candidates(0, 41)));
        assertEquals("nine in ten", Set.of(), reasons(feed("1m", 10), candidates(10, 50), candidates(0, 40)));
        assertEquals("too few to tell", Set.of(), reasons(feed("1m", 10), candidates(0, 99)));
    }

    public void testClicksOfUnknownUsersAndRefusedMemoryAreSaid() {
        Feed feed = feed("1m", 10);
        assertEquals(
                Set.of(Reason.UNKNOWN_USERS),
                reasons(
                        feed,
                        List.of(node(1, false, 400, 400, FeedPulse.NONE), node(2, false, 600, 101, FeedPulse.NONE))));
        assertEquals("half of them", Set.of(), reasons(feed, List.of(node(1, false, 1_000, 500, FeedPulse.NONE))));
        assertEquals("too few to tell", Set.of(), reasons(feed, List.of(node(1, false, 999, 999, FeedPulse.NONE))));
        assertEquals(Set.of(Reason.MEMORY_REFUSED), reasons(feed, List.of(node(1, true, 0, 0, FeedPulse.NONE))));
    }

    public void testNodesWithoutDataAreAskedOfClicksAndMemoryOnly() {
        FeedPulse failing = new FeedPulse(0, 0, 0, "no model", null);
        NodeHealth.Signs signs = new NodeHealth.Signs(true, true, 1_000, 501, Set.of("news"), Map.of("news", failing));
        assertEquals(
                Set.of(Reason.MEMORY_REFUSED, Reason.UNKNOWN_USERS),
                reasons(feed("1m", 10), List.of(node(1, DiscoveryNodeRole.INGEST_ROLE, signs))));
        assertEquals(
                Set.of(
                        Reason.MEMORY_REFUSED,
                        Reason.UNKNOWN_USERS,
                        Reason.MODEL_NOT_LOADED,
                        Reason.REFRESH_PAUSED,
                        Reason.REFRESH_FAILING),
                reasons(feed("1m", 10), List.of(node(1, DiscoveryNodeRole.DATA_ROLE, signs))));
    }
}
