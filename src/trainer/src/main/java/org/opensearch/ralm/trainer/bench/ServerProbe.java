package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/** Reads what the one server process of a cluster uses. */
public final class ServerProbe {

    private static final String PEAK_RESIDENT = "VmHWM:";

    private final ClusterClient client;
    private final ProcessHandle process;

    /**
     * @param process the server's
     */
    public ServerProbe(ClusterClient client, ProcessHandle process) {
        this.client = client;
        this.process = process;
    }

    /** The most memory the process has ever had resident, in MiB. */
    double peakResidentMegabytes() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith(PEAK_RESIDENT))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024.0;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + status + ": " + e.getMessage(), e);
        }
    }

    /** The heap in use now, in MiB. */
    public double heapMegabytes() {
        JsonNode node = onlyNode(client.request("GET", "/_nodes/stats/jvm"));
        return node.at("/jvm/mem/heap_used_in_bytes").asLong() / (double) (1 << 20);
    }

    /** How long the server has collected garbage since it started, in seconds. */
    public double garbageCollectionSeconds() {
        double millis = 0;
        for (JsonNode collector :
                onlyNode(client.request("GET", "/_nodes/stats/jvm")).at("/jvm/gc/collectors")) {
            millis += collector.path("collection_time_in_millis").asDouble();
        }
        return millis / 1e3;
    }

    /** The CPU time that the refresh threads have used, in seconds. */
    double refreshSeconds() {
        return stat("refresh_cpu_millis") / 1e3;
    }

    /** The CPU time that the whole process has used, in seconds. */
    double processSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    private long stat(String name) {
        JsonNode value =
                onlyNode(client.request("GET", "/_plugins/_ralm/stats/" + name)).path(name);
        if (value.isNumber() == false) {
            throw new IllegalStateException("the plugin's statistics have no [" + name + "]");
        }
        return value.asLong();
    }

    private static JsonNode onlyNode(JsonNode answer) {
        return answer.path("nodes").elements().next();
    }
}
