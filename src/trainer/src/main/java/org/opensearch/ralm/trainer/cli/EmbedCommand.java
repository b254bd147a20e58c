package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.opensearch.ralm.trainer.embedding.EmbeddingModel;
import org.opensearch.ralm.trainer.embedding.Shard;
import org.opensearch.ralm.trainer.embedding.UserEmbedding;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ralm embed}: vectors for users who were not in training. */
@Command(
        name = "embed",
        description = {
            "Writes the look-alike vectors of the users in some data, who need not have been in training: from their "
                    + "fields alone, as of after their last click, by the trained model's forward pass.",
            "The data must have the fields that the model was trained with, under their names. A value that the model "
                    + "does not know is left out as if it were missing, and counted; so is a field that the data lacks.",
            "Several processes may each take a shard of the users. A shard's file appears when it is complete; an "
                    + "interrupted run is gone on from when it is started again. The files put after each other are "
                    + "the users.ndjson.gz that `ralm publish` loads: cat users-*.gz > DIR/users.ndjson.gz"
        })
final class EmbedCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArguments data;

    @Option(names = "--model", paramLabel = "DIR", required = true, description = "What `ralm train` wrote.")
    private Path model;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where the vectors go, gzipped NDJSON.")
    private Path out;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            defaultValue = "1/1",
            converter = ShardConverter.class,
            description = "Only the I-th of N parts of the users, chosen by a hash of their ids (default: all).")
    private Shard shard;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        EmbeddingModel trained = EmbeddingModel.read(model);
        UserEmbedding embedding = new UserEmbedding(trained, data.load(), UserEmbedding.USERS_A_PART);
        embedding
                .missingFields()
                .forEach(field -> err.println("ralm: the data has no field [" + field + "], it is masked"));
        embedding
                .unknownValues()
                .forEach((field, count) -> err.println(
                        "ralm: " + count + " values of field [" + field + "] are unknown to the model and masked"));
        int users = embedding.write(out, shard, done -> {
            err.printf("\r%,d users", done);
            err.flush();
        });
        err.println();
        spec.commandLine().getOut().println("wrote " + users + " users of shard " + shard + " to " + out);
        return 0;
    }

    /** Reads {@code 2/8}. */
    static final class ShardConverter implements ITypeConverter<Shard> {
        @Override
        public Shard convert(String text) {
            try {
                return Shard.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
