package org.opensearch.ralm.trainer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files of a dataset in a folder and the folders below it, where archives are wont to unpack them. */
final class FolderFiles {
    private static final int DEPTH = 3;

    private FolderFiles() {}

    /**
     * The files of that name.
     *
     * @param name a regular expression
     * @return their paths in order
     */
    static List<String> find(Path folder, String name) {
        try (Stream<Path> files = Files.find(
                folder,
                DEPTH,
                (file, attributes) -> !attributes.isDirectory()
                        && file.getFileName().toString().matches(name))) {
            return files.map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new DatasetException("cannot list [" + folder + "]: " + e, e);
        }
    }

    /** The same where there must be one. */
    static List<String> required(Path folder, String name, String shown) {
        List<String> files = find(folder, name);
        if (files.isEmpty()) {
            throw new DatasetException("[" + folder + "] has no " + shown + ", nor have the folders in it");
        }
        return files;
    }
}
