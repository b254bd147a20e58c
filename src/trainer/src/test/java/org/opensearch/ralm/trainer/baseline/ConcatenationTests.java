package org.opensearch.ralm.trainer.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.network.Merge;
import org.opensearch.ralm.trainer.training.Progress;
import org.opensearch.ralm.trainer.training.RepresentationOptions;
import org.opensearch.ralm.trainer.training.Training;
import org.opensearch.ralm.trainer.training.TrainingOptions;

final class ConcatenationTests {

    private final Dataset dataset = TinyWorld.dataset();
    private final TrainingOptions options = TinyWorld.options(1);

    @Test
    void parametersAreThoseThatANetworkHas() {
        for (Merge merge : Merge.values()) {
            RepresentationOptions merged = options.representation().withMerge(merge);
            Training training = new Training(
                    dataset, TinyWorld.split(dataset), options.withRepresentation(merged), null, Progress.SILENT);
            long numbers = training.representationTensors().entrySet().stream()
                    .filter(tensor -> tensor.getKey().equals("merge.heads") == false)
                    .mapToLong(tensor -> tensor.getValue().values().length)
                    .sum();
            assertEquals(numbers, merged.parameters(dataset), merge.toString());
        }
    }

    @Test
    void budgetIsThatOfAttentionWithinATenth() {
        for (int heads : new int[] {1, 2, 4, 12}) {
            RepresentationOptions.Form form = options.representation().form();
            RepresentationOptions attention = options.representation()
                    .withForm(new RepresentationOptions.Form(
                            form.dimension(), form.fieldWidth(), form.fieldLayer(), form.merge(), heads));
            RepresentationOptions concatenated = Concatenation.ofEqualBudget(attention, dataset);
            assertEquals(Merge.CONCAT, concatenated.merge());
            assertEquals(
                    1,
                    concatenated.parameters(dataset) / (double) attention.parameters(dataset),
                    0.1,
                    heads + " heads");
        }
    }

    @Test
    void fieldsKeepTheirWidthWhereTheBudgetAllowsIt() {
        RepresentationOptions attention = options.representation();
        assertEquals(
                attention.form().fieldWidth(),
                Concatenation.ofEqualBudget(attention, dataset).form().fieldWidth());
    }
}
