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
 * Where a phase of training stands, on disk after each epoch, so that a training that was killed goes on from there.
 *
 * <p>The record of the epochs is replaced in one move after the tensors are written, and names them by the number of
 * epochs: it is never ahead of them, and tensors that were half written when the process died are written again. Not
 * safe for use by several threads or processes.
 */
final class PhaseCheckpoint {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /**
     * Where a phase stands.
     *
     * @param epochs the epochs so far
     * @param state the state after the last epoch; null before the first
     * @param best the state after the best epoch; null before the first
     */
    record Position(List<EpochResult> epochs, Map<String, Tensor> state, Map<String, Tensor> best) {

        boolean isFinished(int maxEpochs, int patience) {
            int bestEpoch = EarlyStopping.best(epochs);
            return epochs.size() >= maxEpochs || (bestEpoch >= 0 && epochs.size() - 1 - bestEpoch >= patience);
        }

        Position after(EpochResult result, Map<String, Tensor> stateAfter) {
            List<EpochResult> longer = new ArrayList<>(epochs);
            longer.add(result);
            boolean better = EarlyStopping.best(longer) == epochs.size();
            return new Position(List.copyOf(longer), stateAfter, better ? stateAfter : best);
        }
    }

    /** The content of the epochs' file. */
    private record Saved(Provenance provenance, List<EpochResult> epochs) {
        Saved {
            Objects.requireNonNull(provenance, "provenance");
            Objects.requireNonNull(epochs, "epochs");
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

    /** The epochs saved or loaded last. */
    List<EpochResult> epochs() {
        return latest.epochs();
    }

    /**
     * The position saved last, by this object or by an earlier process.
     *
     * @throws IllegalArgumentException if it was saved by a training of other data, options or seed
     * @throws UncheckedIOException if it cannot be read
     */
    Position load() {
        if (directory != null && Files.exists(epochsFile())) {
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
            Saved saved = JSON.readValue(Files.readAllBytes(epochsFile()), Saved.class);
            requireSameProvenance(saved.provenance());
            List<EpochResult> epochs = saved.epochs();
            int best = EarlyStopping.best(epochs) + 1;
            Map<String, Tensor> state = readState(epochs.size());
            return new Position(epochs, state, best == epochs.size() ? state : readState(best));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the checkpoint [" + phase + "] in " + directory + " cannot be read (" + e.getMessage() + "); "
                            + remedy(),
                    e);
        }
    }

    private Map<String, Tensor> readState(int epoch) throws IOException {
        try {
            return Safetensors.read(Files.readAllBytes(stateFile(epoch)));
        } catch (InvalidArtifactException e) {
            throw new IOException(stateFile(epoch).getFileName() + " is damaged: " + e.getMessage(), e);
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
        int epoch = position.epochs().size();
        int best = EarlyStopping.best(position.epochs()) + 1;
        try {
            Files.createDirectories(directory);
            Files.write(stateFile(epoch), Safetensors.write(position.state()));
            Path fresh = directory.resolve(phase + "-epochs.tmp");
            Files.write(fresh, JSON.writeValueAsBytes(new Saved(provenance, position.epochs())));
            Files.move(fresh, epochsFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            for (int old = 1; old < epoch; old++) {
                if (old != best) {
                    Files.deleteIfExists(stateFile(old));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint [" + phase + "] cannot be written to " + directory, e);
        }
    }

    private Path epochsFile() {
        return directory.resolve(phase + "-epochs.json");
    }

    private Path stateFile(int epoch) {
        return directory.resolve(phase + "-" + epoch + ".safetensors");
    }
}
