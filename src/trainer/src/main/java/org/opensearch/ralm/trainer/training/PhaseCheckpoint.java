package org.opensearch.ralm.trainer.training;

import com.fasterxml.jackson.core.type.TypeReference;
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
import org.opensearch.ralm.artifact.Safetensors;
import org.opensearch.ralm.artifact.Tensor;

/**
 * Where a phase of training stands, on disk after each epoch, so that a training that was killed goes on from there.
 *
 * <p>The list of epochs is replaced in one move after the tensors are written, and names them by its length: it is
 * never ahead of them.
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
            int best = EarlyStopping.best(epochs);
            return epochs.size() >= maxEpochs || (best >= 0 && epochs.size() - 1 - best >= patience);
        }

        Position after(EpochResult result, Map<String, Tensor> stateAfter) {
            List<EpochResult> longer = new ArrayList<>(epochs);
            longer.add(result);
            boolean better = EarlyStopping.best(longer) == epochs.size();
            return new Position(List.copyOf(longer), stateAfter, better ? stateAfter : best);
        }
    }

    private final Path directory;
    private final String phase;
    private Position latest = new Position(List.of(), null, null);

    /**
     * @param directory where checkpoints are kept; null to keep none
     * @param phase a name that tells the phases of one training apart
     */
    PhaseCheckpoint(Path directory, String phase) {
        this.directory = directory;
        this.phase = phase;
    }

    /** The epochs saved or loaded last. */
    List<EpochResult> epochs() {
        return latest.epochs();
    }

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
            List<EpochResult> epochs = JSON.readValue(Files.readAllBytes(epochsFile()), new TypeReference<>() {});
            return new Position(
                    epochs,
                    Safetensors.read(Files.readAllBytes(stateFile(epochs.size()))),
                    Safetensors.read(Files.readAllBytes(stateFile(EarlyStopping.best(epochs) + 1))));
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint in " + directory + " cannot be read", e);
        }
    }

    private void write(Position position) {
        int epoch = position.epochs().size();
        int best = EarlyStopping.best(position.epochs()) + 1;
        try {
            Files.createDirectories(directory);
            Files.write(stateFile(epoch), Safetensors.write(position.state()));
            Path fresh = directory.resolve(phase + "-epochs.tmp");
            Files.write(fresh, JSON.writeValueAsBytes(position.epochs()));
            Files.move(fresh, epochsFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            for (int old = 1; old < epoch; old++) {
                if (old != best) {
                    Files.deleteIfExists(stateFile(old));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be written to " + directory, e);
        }
    }

    private Path epochsFile() {
        return directory.resolve(phase + "-epochs.json");
    }

    private Path stateFile(int epoch) {
        return directory.resolve(phase + "-" + epoch + ".safetensors");
    }
}
