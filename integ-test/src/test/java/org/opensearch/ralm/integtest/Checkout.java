package org.opensearch.ralm.integtest;

import java.nio.file.Path;

/** The files of the project; Maven runs the tests of a module in its folder. */
final class Checkout {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Checkout() {}

    /** A file or folder, by its path from the root of the project. */
    static Path file(String path) {
        return ROOT.resolve(path);
    }
}
