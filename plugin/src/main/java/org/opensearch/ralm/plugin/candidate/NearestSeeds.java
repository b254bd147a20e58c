package org.opensearch.ralm.plugin.candidate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.plugin.candidate.CandidateResponse.Cluster;

/** Finds the seeds that are typical of clusters: those nearest to the centroids. Used by one thread at a time. */
final class NearestSeeds {

    private final Clusters clusters;
    private final List<List<Seed>> members = new ArrayList<>();

    private record Seed(String user, double distance) {}

    NearestSeeds(Clusters clusters) {
        this.clusters = clusters;
        for (int c = 0; c < clusters.count(); c++) {
            members.add(new ArrayList<>());
        }
    }

    /** Puts a seed to the cluster it is nearest to. */
    void add(String user, float[] vector) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < clusters.count(); c++) {
            double distance = squaredDistance(clusters.centroid(c), vector);
            if (distance < least) {
                least = distance;
                nearest = c;
            }
        }
        members.get(nearest).add(new Seed(user, least));
    }

    /** The clusters, the largest first, each with some users at most. */
    List<Cluster> clusters(int users) {
        return IntStream.range(0, clusters.count())
                .mapToObj(c -> new Cluster(
                        clusters.sizes()[c], clusters.sizes()[c] / (double) clusters.seeds(), nearest(c, users)))
                .sorted(Comparator.comparingInt(Cluster::size).reversed())
                .toList();
    }

    private List<String> nearest(int cluster, int users) {
        return members.get(cluster).stream()
                .sorted(Comparator.comparingDouble(Seed::distance).thenComparing(Seed::user))
                .limit(users)
                .map(Seed::user)
                .toList();
    }

    private static double squaredDistance(float[] centroid, float[] vector) {
        double sum = 0;
        for (int d = 0; d < vector.length; d++) {
            double difference = centroid[d] - vector[d];
            sum += difference * difference;
        }
        return sum;
    }
}
