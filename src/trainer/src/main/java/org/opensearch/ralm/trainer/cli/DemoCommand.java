package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.opensearch.ralm.trainer.demo.Demo;
import org.opensearch.ralm.trainer.demo.DemoOptions;
import org.opensearch.ralm.trainer.demo.DemoSummary;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ralm demo}: the whole way, once. */
@Command(
        name = "demo",
        description = {
            "Trains on a feed's clicks, starts a real OpenSearch, publishes, sends the clicks in the order of their time "
                    + "while users search, asks _search for the users of the following days, and prints how good and "
                    + "how fast it was. At last it does so for items that nobody has clicked, by their content alone.",
            "Writes the models, the cluster's logs and summary.json."
        })
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArguments data;

    @Mixin
    private TrainingArguments training;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "ralm-demo",
            description = "Where all it makes goes (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "0",
            description = "HTTP port of the cluster (default: any free one).")
    private int port;

    @Option(
            names = "--keep",
            description = "Leave the cluster running and print requests to try; `ralm cluster stop --demo` ends it.")
    private boolean keep;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Files.createDirectories(directory);
        Path state = keep ? ClusterOptions.demoState() : directory.resolve("cluster");
        DemoOptions options = new DemoOptions(directory, training.options(), state, port, keep);
        DemoSummary summary = new Demo(options, new ConsoleProgress(out), line -> {
                    out.println(line);
                    out.flush();
                })
                .run(data.load());
        out.println(summary.toText());
        out.println("Written to " + directory.resolve("summary.json"));
        return 0;
    }
}
