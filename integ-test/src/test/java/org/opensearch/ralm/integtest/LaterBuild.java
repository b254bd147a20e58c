package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.opensearch.ralm.trainer.server.ServerLayout;

/**
 * A build of the plugin as a later one may be: of the same sources, but for the class that writes what nodes send each
 * other. It knows one wire version more, adds a member to everything, and demands of readers of {@code ralm_log} that they
 * know it, too.
 */
final class LaterBuild {
    private static final String WIRE = "org/opensearch/ralm/plugin/system/Wire";
    private static final Path SOURCES = Path.of("../plugin/src/main/java");

    private LaterBuild() {}

    /**
     * Makes its zip.
     *
     * @param parent of a new directory for what is made
     * @param server with this build of the plugin installed, to compile against
     */
    static Path zip(Path parent, ServerLayout server) throws IOException {
        Path directory = Files.createTempDirectory(parent, "later-build");
        Path classes = compile(directory, server);
        Path zip = Files.copy(Installation.pluginZip(), directory.resolve("opensearch-ralm-later.zip"));
        try (FileSystem inside = FileSystems.newFileSystem(zip)) {
            Path jar = jarWithWire(inside, directory);
            replace(inside.getPath("plugin-descriptor.properties"), "\nversion=", "\nversion=99.");
            try (FileSystem insideJar = FileSystems.newFileSystem(directory.resolve("plugin.jar"))) {
                Path target = insideJar.getPath(WIRE + ".class");
                Files.copy(classes.resolve(WIRE + ".class"), target, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.copy(directory.resolve("plugin.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
        }
        return zip;
    }

    private static Path compile(Path directory, ServerLayout server) throws IOException {
        Path source = directory.resolve("Wire.java");
        Files.copy(SOURCES.resolve(WIRE + ".java"), source);
        replace(source, "int VERSION = 1;", "int VERSION = 2;");
        replace(source, "members.accept(section);", "members.accept(section); section.writeString(\"added later\");");
        replace(source, "out.writeVInt(needed);", "out.writeVInt(isLog() ? VERSION : needed);");
        replace(
                source,
                "private Wire() {}",
                """
                private static boolean isLog() {
                    return StackWalker.getInstance().walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().endsWith("ScoreLogBuilder")));
                }
                private Wire() {}""");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> jars = Files.walk(server.home().resolve("lib"))) {
            String libraries = String.join(
                    ":",
                    jars.map(Path::toString)
                            .filter(name -> name.endsWith(".jar"))
                            .toList());
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("--release", "21", "-proc:none", "-cp", libraries, "-d", directory.toString()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertTrue(compiled, messages::toString);
        }
        return directory;
    }

    /** Copies the plugin's own jar out of the zip. */
    private static Path jarWithWire(FileSystem zip, Path directory) throws IOException {
        try (Stream<Path> files = Files.list(zip.getPath("/"))) {
            Path jar = files.filter(file -> file.getFileName().toString().matches("opensearch-ralm.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
            Files.copy(jar, directory.resolve("plugin.jar"));
            return jar;
        }
    }

    private static void replace(Path file, String text, String by) throws IOException {
        String before = Files.readString(file);
        assertTrue(before.contains(text), () -> file + " has no [" + text + "]");
        Files.writeString(file, before.replace(text, by));
    }
}
