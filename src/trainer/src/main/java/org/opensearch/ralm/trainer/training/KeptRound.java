package org.opensearch.ralm.trainer.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last round of a training that is on disk, from which the same training goes on.
 *
 * @param directory where its checkpoint is
 * @param phase what was trained
 * @param round how many rounds are kept
 * @param epoch the epoch it is of
 */
public record KeptRound(Path directory, String phase, int round, int epoch) {

    /**
     * Looks for the one that was written last.
     *
     * @param directory where checkpoints are kept, in it or below it; need not be there
     * @return empty if there is none
     * @throws UncheckedIOException if the directory cannot be read
     */
    public static Optional<KeptRound> latest(Path directory) {
        if (Files.isDirectory(directory) == false) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(PhaseCheckpoint::isRoundsFile)
                    .max((a, b) -> Long.compare(writtenAt(a), writtenAt(b)))
                    .map(PhaseCheckpoint::kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long writtenAt(Path file) {
        return file.toFile().lastModified();
    }
}
