package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.FeedActivation;
import org.opensearch.ralm.trainer.publish.ModelPublisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ralm publish}: from a model's directory to a cluster. */
@Command(
        name = "publish",
        description = {
            "Uploads a model and fills an index with its user vectors. Published again, or after an interruption, it "
                    + "does what is left to do.",
            "The environment variable RALM_CREDENTIALS, user:password, signs in to a secured cluster."
        })
final class PublishCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "What `ralm train` wrote.")
    private Path directory;

    @Option(
            names = "--url",
            paramLabel = "URL",
            split = ",",
            defaultValue = "http://127.0.0.1:9200",
            description = "One or more nodes of the cluster (default: ${DEFAULT-VALUE}).")
    private URI[] urls;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Certificates, as PEM, that vouch for the cluster's instead of those that the JDK trusts.")
    private Path authority;

    @Option(
            names = "--users-index",
            paramLabel = "NAME",
            description = "The index of the user vectors, one a model (default: the model's id and -users).")
    private String usersIndex;

    @Option(
            names = "--activate",
            paramLabel = "FEED",
            description =
                    "Then has this feed of the cluster go over to the model: prepared beside the one in use, which "
                            + "searches go by until all is ready. GET _plugins/_ralm/feeds/FEED/_rollout shows how far it is.")
    private String feed;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ModelArtifact artifact = ModelArtifact.read(directory);
        String id = artifact.manifest().id();
        String index = usersIndex == null ? id + "-users" : usersIndex;
        try (ClusterClient client = ClusterClient.connect(
                Optional.ofNullable(System.getenv("RALM_CREDENTIALS")), Optional.ofNullable(authority), urls)) {
            ModelPublisher publisher = new ModelPublisher(client);
            publisher.uploadModel(artifact);
            out.println("model [" + id + "] is in the cluster");
            long zeros = publisher.loadUsers(artifact.manifest(), directory, index, done -> {
                out.printf("\r%,d users in [%s]", done, index);
                out.flush();
            });
            out.println();
            if (zeros > 0) {
                out.println(zeros + " users were left out: their vector is zero and is like nobody's");
            }
            if (feed != null) {
                client.request("POST", "/" + index + "/_refresh");
                String state = new FeedActivation(client, feed).begin(id, index);
                out.println("the rollout of feed [" + feed + "] to model [" + id + "] is [" + state + "]");
            }
        }
        return 0;
    }
}
