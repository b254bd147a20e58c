package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.opensearch.ralm.trainer.publish.ClusterException;
import org.opensearch.ralm.trainer.server.ServerException;
import org.opensearch.ralm.trainer.source.DatasetException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code ralm} command. Ends with 0 after success, 1 after a failure, 2 after wrong usage. */
@Command(
        name = "ralm",
        description = "Look-alike scoring for OpenSearch: trains RALM models and runs local clusters that serve them.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Ralm.Version.class,
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            PublishCommand.class,
            DemoCommand.class,
            ClusterCommand.class,
            HelpCommand.class,
        })
public final class Ralm implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Ralm()).setExecutionExceptionHandler(Ralm::report);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** A fault of the input or of the world is told in words; only one of the program shows its stack. */
    private static int report(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof IllegalArgumentException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof DatasetException
                || failure instanceof ClusterException
                || failure instanceof ServerException) {
            command.getErr().println(command.getColorScheme().errorText("ralm: " + failure.getMessage()));
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        throw failure;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ralm " + Ralm.class.getPackage().getImplementationVersion()};
        }
    }
}
