package org.opensearch.ralm.trainer.bench.score;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.opensearch.ralm.trainer.bench.ServerProbe;
import org.opensearch.ralm.trainer.live.Quantiles;

/**
 * What several clients at once get who each search without a pause.
 *
 * @param clients how many
 * @param seconds how long
 * @param millis of each search
 * @param gcShare the share of the time in which the server collected garbage
 * @param heapBefore the server's heap in use, in MiB, when it began
 * @param heapAfter the same when it ended
 */
record Throughput(int clients, double seconds, Quantiles millis, double gcShare, double heapBefore, double heapAfter) {

    /** Measures one contender. */
    static Throughput measure(Meter meter, Contender contender, int clients, double seconds, ServerProbe server) {
        double heapBefore = server.heapMegabytes();
        double gcBefore = server.garbageCollectionSeconds();
        long begin = System.nanoTime();
        List<Double> millis = searches(meter, contender, clients, begin + (long) (seconds * 1e9));
        double taken = (System.nanoTime() - begin) / 1e9;
        return new Throughput(
                clients,
                taken,
                Quantiles.of(millis),
                (server.garbageCollectionSeconds() - gcBefore) / taken,
                heapBefore,
                server.heapMegabytes());
    }

    double searchesPerSecond() {
        return millis.size() / seconds;
    }

    void describe(ObjectNode json) {
        json.put("clients", clients).put("seconds", seconds).put("searches", millis.size());
        json.put("searches_per_s", searchesPerSecond());
        json.put("p50_ms", millis.at(0.5)).put("p99_ms", millis.at(0.99));
        json.put("gc_share", gcShare).put("heap_before_mb", heapBefore).put("heap_after_mb", heapAfter);
    }

    private static List<Double> searches(Meter meter, Contender contender, int clients, long end) {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<List<Double>>> ofClients = new ArrayList<>();
            for (int number = 0; number < clients; number++) {
                SplittableRandom users = new SplittableRandom(number);
                ofClients.add(threads.submit((Callable<List<Double>>) () -> searches(meter, contender, users, end)));
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> ofClient : ofClients) {
                all.addAll(ofClient.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while searching", e);
        }
    }

    private static List<Double> searches(Meter meter, Contender contender, SplittableRandom users, long end) {
        List<Double> millis = new ArrayList<>();
        do {
            millis.add(meter.time(contender, users));
        } while (System.nanoTime() < end);
        return millis;
    }
}
