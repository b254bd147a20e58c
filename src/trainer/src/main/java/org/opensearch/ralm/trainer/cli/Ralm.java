package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.opensearch.ralm.trainer.publish.ClusterException;
import org.opensearch.ralm.trainer.server.ServerException;
import org.opensearch.ralm.trainer.source.DatasetException;
import org.opensearch.ralm.trainer.yaml.YamlException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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
            SimulateCommand.class,
            EmbedCommand.class,
            PublishCommand.class,
            BenchCommand.class,
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
        return new CommandLine(new Ralm())
                .setParameterExceptionHandler(Ralm::reportUsage)
                .setExecutionExceptionHandler(Ralm::report);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** Wrong usage is told in a line, with what comes close to a misspelt option. */
    private static int reportUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(command.getColorScheme().errorText("ralm: " + wrong.getMessage()));
        UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /**
     * A fault of the input or of the world is told in words; only one of the program shows its stack. An interrupted
     * command, which the process does not outlive, leaves the word to {@link Interruption}.
     */
    private static int report(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (Thread.currentThread().isInterrupted()) {
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        if (failure instanceof IllegalArgumentException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof DatasetException
                || failure instanceof ClusterException
                || failure instanceof ServerException
                || failure instanceof YamlException) {
            command.getErr().println(command.getColorScheme().errorText("ralm: " + words(failure)));
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        throw failure;
    }

    /** Of a file system's faults the message is but the file. */
    private static String words(Exception failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file or directory";
            case AccessDeniedException denied -> denied.getFile() + ": access is denied";
            case FileAlreadyExistsException file -> file.getFile() + ": is there already and no directory";
            default -> failure.getMessage();
        };
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ralm " + Ralm.class.getPackage().getImplementationVersion()};
        }
    }
}
