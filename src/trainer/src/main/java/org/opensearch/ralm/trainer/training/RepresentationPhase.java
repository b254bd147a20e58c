package org.opensearch.ralm.trainer.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.representation.RepresentationModel;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Domain;

/**
 * Phase 1 as a whole: one user embedding over all fields or, where the options name domains, one for each of them,
 * trained one after the other and stacked. Not safe for use by several threads.
 */
final class RepresentationPhase {

    private final List<Domain> domains;
    private final List<String> fieldNames;
    private final List<RepresentationTrainer> trainers = new ArrayList<>();
    private final List<EpochResult> rounds = new ArrayList<>();
    private final List<Integer> chosenRounds = new ArrayList<>();

    /**
     * @param to event after the last to learn from
     * @param forAudiences whether a look-alike phase follows, so that embeddings have to tell audiences apart
     * @throws IllegalArgumentException if a domain names a field that the dataset lacks
     */
    RepresentationPhase(
            Dataset dataset,
            int to,
            RepresentationOptions options,
            boolean forAudiences,
            long seed,
            Progress progress) {
        this.domains = options.domains();
        this.fieldNames = new FieldEncoder(dataset.fields()).tableNames();
        for (Domain domain : domains) {
            Dataset own = restricted(dataset, domain);
            trainers.add(new RepresentationTrainer(own, 0, to, options, forAudiences, seed, progress));
        }
        if (domains.isEmpty()) {
            trainers.add(new RepresentationTrainer(dataset, 0, to, options, forAudiences, seed, progress));
        }
    }

    /**
     * Trains what is to be trained.
     *
     * @param checkpoints the checkpoint of each name
     */
    void train(EarlyStopping stopping, int epochs, Function<String, PhaseCheckpoint> checkpoints) {
        for (int i = 0; i < trainers.size(); i++) {
            String suffix = domains.isEmpty() ? "" : "-" + domains.get(i).name();
            PhaseCheckpoint checkpoint = checkpoints.apply("representation" + suffix);
            stopping.train(trainers.get(i), epochs, checkpoint);
            chosenRounds.add(rounds.size() + EarlyStopping.best(checkpoint.rounds()));
            rounds.addAll(checkpoint.rounds());
        }
    }

    /** What each round reached, domain after domain. */
    List<EpochResult> rounds() {
        return List.copyOf(rounds);
    }

    /** Which of the rounds has the state that was kept, from 0; one a domain. */
    List<Integer> chosenRounds() {
        return List.copyOf(chosenRounds);
    }

    /** The tensors of {@link RepresentationModel}, and the items' tables. */
    Map<String, Tensor> tensors() {
        if (domains.isEmpty()) {
            return trainers.get(0).network().tensors();
        }
        List<Map<String, Tensor>> tensors = new ArrayList<>();
        List<int[]> places = new ArrayList<>();
        for (RepresentationTrainer trainer : trainers) {
            tensors.add(trainer.network().tensors());
            places.add(
                    trainer.fieldNames().stream().mapToInt(fieldNames::indexOf).toArray());
        }
        return RepresentationModel.stack(tensors, places);
    }

    /** The names of all fields in the order in which the model wants them. */
    List<String> fieldNames() {
        return fieldNames;
    }

    /**
     * The items' embeddings, items × N.
     *
     * @throws IllegalStateException if several user embeddings are stacked, each with item embeddings of its own
     */
    DMatrixRMaj itemEmbeddings() {
        if (domains.isEmpty() == false) {
            throw new IllegalStateException("[domains] stacks " + domains.size()
                    + " user embeddings, each with item embeddings of its own, but one is asked for");
        }
        return trainers.get(0).network().itemEmbeddings();
    }

    /** Whether a click of the item is among the samples. */
    boolean knows(int item) {
        return trainers.get(0).knows(item);
    }

    private Dataset restricted(Dataset dataset, Domain domain) {
        for (String name : domain.fields()) {
            if (fieldNames.contains(name) == false) {
                throw new IllegalArgumentException("domain [" + domain.name() + "] names the field [" + name
                        + "], but dataset [" + dataset.name() + "] has " + fieldNames);
            }
        }
        List<Field> own = dataset.fields().stream()
                .filter(field -> domain.fields().contains(FieldEncoder.tableName(field)))
                .toList();
        return dataset.withFields(own);
    }
}
