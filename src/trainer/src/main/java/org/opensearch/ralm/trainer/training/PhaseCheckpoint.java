package org.opensearch.ralm.trainer.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.artifact.Safetensors;
import org.opensearch.ralm.artifact.Tensor;

/**
 * Where a phase of training stands, on disk after each round, so that a training that was killed goes on from there.
 *
 * <p>The record of the rounds is replaced in one move after the tensors are written, and names them by the number of
 * rounds: it is never ahead of them, and tensors that were half written when the process died are written again. Not
 * safe for use by several threads or processes.
 */
final class PhaseCheckpoint {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String ROUNDS_FILE = "-rounds.json";

    /**
     * Where a phase stands.
     *
     * @param rounds the rounds so far
     * @param state the state after the last round; null before the first
     * @param best the state after the best round; null before the first
     */
    record Position(List<EpochResult> rounds, Map<String, Tensor> state, Map<String, Tensor> best) {

        Position after(EpochResult result, Map<String, Tensor> stateAfter) {
            List<EpochResult> longer = new ArrayList<>(rounds);
            longer.add(result);
            boolean better = EarlyStopping.best(longer) == rounds.size();
            return new Position(List.copyOf(longer), stateAfter, better ? stateAfter : best);
        }
    }

    /** The content of the rounds' file. */
    private record Saved(Provenance provenance, List<EpochResult> rounds) {
        Saved {
            Objects.requireNonNull(provenance, "provenance");
            Objects.requireNonNull(rounds, "rounds");
        }
    }

    private final Path directory;
    private final String phase;
    private final Provenance provenance;
    private Position latest = new Position(List.of(), null, null);

    /**
     * @param directory where checkpoints are kept; null to keep none
     * @param phase a name that tells the phases of one training apart
     * @param provenance what the phase is trained from
     */
    PhaseCheckpoint(Path directory, String phase, Provenance provenance) {
        this.directory = directory;
        this.phase = phase;
        this.provenance = provenance;
    }

    /** The rounds saved or loaded last. */
    List<EpochResult> rounds() {
        return latest.rounds();
    }

    /**
     * The position saved last, by this object or by an earlier process.
     *
     * @throws IllegalArgumentException if it was saved by a training of other data, options or seed
     * @throws UncheckedIOException if it cannot be read
     */
    Position load() {
        if (directory != null && Files.exists(roundsFile())) {
            latest = read();
        }
        return latest;
    }

    void save(Position position) {
        if (directory != null) {
            write(position);
        }
        latest = position;
    }

    private Position read() {
        try {
            Saved saved = JSON.readValue(Files.readAllBytes(roundsFile()), Saved.class);
            requireSameProvenance(saved.provenance());
            List<EpochResult> rounds = saved.rounds();
            int best = EarlyStopping.best(rounds) + 1;
            Map<String, Tensor> state = readState(rounds.size());
            return new Position(rounds, state, best == rounds.size() ? state : readState(best));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the checkpoint [" + phase + "] in " + directory + " cannot be read (" + e.getMessage() + "); "
                            + remedy(),
                    e);
        }
    }

    private Map<String, Tensor> readState(int round) throws IOException {
        try {
            return Safetensors.read(Files.readAllBytes(stateFile(round)));
        } catch (InvalidArtifactException e) {
            throw new IOException(stateFile(round).getFileName() + " is damaged: " + e.getMessage(), e);
        }
    }

    private void requireSameProvenance(Provenance saved) {
        String difference = provenance.differenceFrom(saved);
        if (difference.isEmpty() == false) {
            throw new IllegalArgumentException("the checkpoint [" + phase + "] in " + directory
                    + " was written by another training (" + difference + "); " + remedy());
        }
    }

    private String remedy() {
        return "delete its files, " + phase + "-*, to train anew, or choose another directory";
    }

    private void write(Position position) {
        int round = position.rounds().size();
        int best = EarlyStopping.best(position.rounds()) + 1;
        try {
            Files.createDirectories(directory);
            Files.write(stateFile(round), Safetensors.write(position.state()));
            Path fresh = directory.resolve(phase + "-rounds.tmp");
            Files.write(fresh, JSON.writeValueAsBytes(new Saved(provenance, position.rounds())));
            Files.move(fresh, roundsFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            for (int old = 1; old < round; old++) {
                if (old != best) {
                    Files.deleteIfExists(stateFile(old));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint [" + phase + "] cannot be written to " + directory, e);
        }
    }

    private Path roundsFile() {
        return directory.resolve(phase + ROUNDS_FILE);
    }

    /** Whether a file says what the rounds of some phase reached. */
    static boolean isRoundsFile(Path file) {
        return file.getFileName().toString().endsWith(ROUNDS_FILE);
    }

    /** The last round that such a file tells of. */
    static KeptRound kept(Path roundsFile) {
        try {
            List<EpochResult> rounds =
                    JSON.readValue(Files.readAllBytes(roundsFile), Saved.class).rounds();
            String name = roundsFile.getFileName().toString();
            return new KeptRound(
                    roundsFile.getParent(),
                    name.substring(0, name.length() - ROUNDS_FILE.length()),
                    rounds.size(),
                    rounds.getLast().epoch());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path stateFile(int round) {
        return directory.resolve(phase + "-" + round + ".safetensors");
    }
}
