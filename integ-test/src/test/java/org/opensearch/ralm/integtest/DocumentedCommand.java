package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.opensearch.ralm.trainer.cli.Ralm;
import picocli.CommandLine;

/** Commands of the documentation: those for a server are carried out, those that take long are looked at. */
final class DocumentedCommand {
    /** What of Maven's own, and of its plugins, is given on command lines. */
    private static final Set<String> MAVEN = Set.of(
            "skipTests", "test", "it.test", "surefire.failIfNoSpecifiedTests", "failsafe.failIfNoSpecifiedTests");

    /** How many words the subcommands of {@code ralm-dashboards} take; DashboardsIT carries them out. */
    private static final Map<String, Set<Integer>> DASHBOARDS =
            Map.of("objects", Set.of(3, 4), "pictures", Set.of(2, 3), "tools", Set.of(0));

    /** Where OpenSearch Dashboards would be, which no registry has. */
    private static final String DASHBOARDS_ADDRESS = "http://localhost:5601/";

    private static final Set<String> GOALS =
            Set.of("clean", "test-compile", "test", "package", "verify", "exec:exec", "javadoc:javadoc");

    /** Commands that are neither, and why nothing is to be tried. */
    private static final Map<String, String> OTHERS = Map.of(
            "bin/opensearch-plugin", "PluginLifecycleIT and PluginZipIT install and remove the zip by it",
            "cp", "copies what the command before wrote",
            "cat", "puts together what the commands before wrote",
            "for", "is a loop around a command that is looked at itself",
            "wait", "belongs to that loop",
            "cd", "changes the folder");

    private final Rest rest;

    DocumentedCommand(Rest rest) {
        this.rest = rest;
    }

    /** Fails if the command cannot be as it is written; the answer if it asked the server, else null. */
    Rest.Answer check(List<String> words) throws IOException {
        List<String> command =
                words.stream().dropWhile(word -> word.matches("\\w+=.*")).toList();
        if (command.isEmpty()) {
            return null;
        }
        String name = command.getFirst();
        List<String> arguments = command.subList(1, command.size());
        if (name.equals("ralm") || name.equals("$ralm") || name.endsWith("bin/ralm")) {
            parse(arguments);
        } else if (name.endsWith("bin/ralm-dashboards")) {
            checkDashboards(arguments.stream()
                    .takeWhile(word -> word.equals(">") == false)
                    .toList());
        } else if (name.equals("mvn")) {
            checkMaven(arguments);
        } else if (name.equals("curl")) {
            boolean ours = arguments.stream().noneMatch(word -> word.startsWith(DASHBOARDS_ADDRESS));
            return ours ? curl(arguments) : null;
        } else {
            assertTrue(OTHERS.containsKey(name), () -> "nobody says what to do with " + command);
        }
        return null;
    }

    /** Checks that a command has these options, and values of their types. */
    private static void parse(List<String> arguments) {
        new CommandLine(new Ralm())
                .parseArgs(arguments.stream()
                        .map(argument -> argument.replace("$i", "1"))
                        .toArray(String[]::new));
    }

    /** The same for a command within a sentence. */
    static void parseMentioned(List<String> arguments) {
        try {
            parse(arguments);
        } catch (CommandLine.MissingParameterException incomplete) {
            // A sentence may leave out what is required.
        }
    }

    private static void checkDashboards(List<String> arguments) {
        Set<Integer> expected = DASHBOARDS.getOrDefault(arguments.getFirst(), Set.of());
        assertTrue(expected.contains(arguments.size() - 1), () -> "ralm-dashboards takes no " + arguments);
    }

    private static void checkMaven(List<String> arguments) throws IOException {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("-pl") || argument.equals("-f")) {
                String module = arguments.get(++i);
                assertTrue(Files.exists(Checkout.file(module).resolve("pom.xml")), () -> "no module " + module);
            } else if (argument.startsWith("-D")) {
                checkProperty(argument.substring(2).replaceFirst("=.*", ""));
            } else if (argument.startsWith("-P")) {
                String profile = "<id>" + argument.substring(2) + "</id>";
                assertTrue(poms().anyMatch(pom -> contains(pom, profile)), () -> "no profile " + argument);
            } else if (argument.startsWith("-") == false) {
                assertTrue(GOALS.contains(argument), () -> "no goal " + argument);
            }
        }
    }

    private static void checkProperty(String name) throws IOException {
        assertTrue(
                MAVEN.contains(name)
                        || poms().anyMatch(pom -> contains(pom, "<" + name + ">") || contains(pom, "${" + name + "}"))
                        || tests().anyMatch(test -> contains(test, '"' + name + '"')),
                () -> "no property " + name);
    }

    private static Stream<Path> poms() {
        return Stream.of("", "src/model", "src/trainer", "plugin", "distribution", "model-artifacts", "integ-test")
                .map(module -> Checkout.file(module).resolve("pom.xml"));
    }

    private static Stream<Path> tests() throws IOException {
        return Stream.concat(
                        Files.walk(Checkout.file("model-artifacts/src")), Files.walk(Checkout.file("integ-test/src")))
                .filter(file -> file.toString().endsWith(".java"));
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException failure) {
            throw new AssertionError(file + " cannot be read", failure);
        }
    }

    /** A request to localhost:9200, with {@code -X}, {@code -H}, {@code -d} or {@code --data-binary}, or without. */
    private Rest.Answer curl(List<String> arguments) throws IOException {
        String method = "GET";
        String body = null;
        String address = null;
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "-X" -> method = arguments.get(++i);
                case "-H" -> assertEquals("Content-Type: application/json", arguments.get(++i));
                case "-d", "--data-binary" -> body = data(arguments.get(++i));
                case "-s" -> {}
                default -> address = arguments.get(i);
            }
        }
        assertTrue(address != null && address.startsWith("localhost:9200/"), "curl of " + address);
        return rest.send(
                body != null && method.equals("GET") ? "POST" : method,
                address.substring("localhost:9200".length()),
                body);
    }

    /** What is given, or is in a file of the project. */
    private static String data(String given) throws IOException {
        return given.startsWith("@") ? Files.readString(Checkout.file(given.substring(1))) : given;
    }
}
