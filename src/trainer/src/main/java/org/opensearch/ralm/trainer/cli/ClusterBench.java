package org.opensearch.ralm.trainer.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.opensearch.ralm.trainer.bench.BenchResult;
import org.opensearch.ralm.trainer.server.Directories;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the benches on a local cluster of their own share: the file of their results, and the way there. */
final class ClusterBench {

    /** The account that servers run as where root measures passes through. */
    private static final FileAttribute<?> REACHABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", required = true, description = "Where the results go.")
    private Path json;

    /** A bench. */
    interface Bench {
        /**
         * Measures.
         *
         * @param directory for the cluster's files
         * @param out told in lines what is done
         */
        BenchResult run(Path directory, Consumer<String> out) throws IOException;
    }

    /** Refuses an option's value below the least there may be. */
    void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), name + " must be at least " + least + ", but is " + value);
        }
    }

    /** Measures and tells the results, to the file, too; ends with 1 if they are not sound. */
    int run(Bench bench) throws IOException {
        Path file = json.toAbsolutePath();
        Files.createDirectories(file.getParent());
        Path directory = Files.createTempDirectory("ralm-bench-", REACHABLE);
        PrintWriter out = spec.commandLine().getOut();
        BenchResult result = bench.run(directory, line -> {
            out.println(line);
            out.flush();
        });
        Files.write(
                file,
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsBytes(result.toJson()));
        out.println(result.toText());
        out.println("Written to " + json);
        if (result.isSound() == false) {
            out.println("The cluster's files are kept in " + directory);
            return 1;
        }
        Directories.delete(directory);
        return 0;
    }
}
