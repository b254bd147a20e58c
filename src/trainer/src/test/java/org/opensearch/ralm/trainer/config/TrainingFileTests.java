package org.opensearch.ralm.trainer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.trainer.network.LookalikeObjective;
import org.opensearch.ralm.trainer.network.Merge;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.RepresentationOptions;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Domain;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Negatives;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import org.opensearch.ralm.trainer.yaml.YamlException;

class TrainingFileTests {

    @TempDir
    private Path directory;

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("train.yaml"), yaml);
    }

    @Test
    void whatIsNotSaidHasTheDefault() throws IOException {
        TrainingOptions options = TrainingFile.read(file("lookalike: {clusters: 7}\n"), false);
        assertEquals(
                new TrainingOptions(
                        RepresentationOptions.DEFAULT, LookalikeOptions.DEFAULT.withClusters(7), 3, 1000, 42),
                options);
    }

    @Test
    void paperStaysExactlyThePapersForm() throws IOException {
        TrainingOptions options = TrainingFile.read(file("paper: true\n"), false);
        assertEquals(RepresentationOptions.PAPER, options.representation());
        assertEquals(LookalikeOptions.PAPER, options.lookalike());
        assertEquals(options, TrainingFile.read(file("seed: 42\n"), true));
    }

    @Test
    void eachOptionIsRead() throws IOException {
        TrainingOptions options = TrainingFile.read(
                file(
                        """
                        seed: 7
                        patience: 5
                        validate_batches: 50
                        representation:
                          merge: concat
                          negatives_from: rank
                          thinning: 0.25
                          rate: 1e-2
                          domains:
                            - {name: reads, fields: [read, tags]}
                        lookalike:
                          dimension: 32
                          activation: relu
                          unit_length: false
                          local_temperature: 2.5
                          learned_temperature: true
                          local_size_weight: 0.5
                          global_size_weight: 0
                          alpha: auto
                          cross_entropy_weight: 0
                          softmax_weight: 2
                          learned_calibration: false
                          dropout: 0
                          min_seeds: 10
                          max_seeds: 64
                          recluster_batches: 30
                          centroid_members: 4
                          negatives: 5
                          epochs: 2
                          batch: 128
                          rate: 0.01
                        """),
                false);
        assertEquals(7, options.seed());
        assertEquals(5, options.patience());
        assertEquals(50, options.validateBatches());
        RepresentationOptions representation = options.representation();
        assertEquals(Merge.CONCAT, representation.merge());
        assertEquals(Negatives.RANK, representation.sampling().from());
        assertEquals(0.25, representation.sampling().thinning());
        assertEquals(0.01, representation.schedule().rate());
        assertEquals(List.of(new Domain("reads", List.of("read", "tags"))), representation.domains());
        LookalikeOptions lookalike = options.lookalike();
        assertEquals(
                new LookalikeForm(LookalikeForm.Activation.RELU, false, 2.5, 0.5, 0),
                lookalike.head().form());
        assertTrue(lookalike.head().chosenWeights());
        assertEquals(new LookalikeObjective(0, 2, false, true, 0), lookalike.objective());
        assertEquals(new LookalikeOptions.Seeds(10, 64, 30, 4), lookalike.seeds());
        assertEquals(new LookalikeOptions.Schedule(5, 2, 128, 0.01), lookalike.schedule());
        assertEquals(32, lookalike.head().dimension());
    }

    @Test
    void givenWeightsAreNotChosen() throws IOException {
        LookalikeOptions.Head head = TrainingFile.read(file("lookalike: {alpha: 1, beta: 0}"), false)
                .lookalike()
                .head();
        assertEquals(1, head.alpha());
        assertEquals(0, head.beta());
        assertFalse(head.chosenWeights());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate: 3                         | [rate] is unknown, expected one of [paper, seed,",
                "lookalike: 3                    | [lookalike] must be a mapping with the keys [dimension, clusters,",
                "lookalike: {rates: 3}           | [lookalike.rates] is unknown, expected one of [dimension, clusters,",
                "lookalike: {rate: fast}         | [lookalike.rate] is [fast], expected a number above 0",
                "lookalike: {rate: 0}            | [lookalike.rate] is [0], expected a number above 0",
                "lookalike: {rate: .inf}         | [lookalike.rate] is [.inf], expected a number above 0",
                "lookalike: {dropout: 1}         | [lookalike.dropout] is [1], expected a share from 0 to less than 1",
                "lookalike: {clusters: 129}      | [lookalike.clusters] is [129], expected a whole number from 1 to 128",
                "lookalike: {clusters: 2.5}      | [lookalike.clusters] is [2.5], expected a whole number from 1 to 128",
                "lookalike: {activation: tanh}   | [lookalike.activation] is [tanh], expected one of [relu, prelu]",
                "lookalike: {unit_length: yes}   | [lookalike.unit_length] is [yes], expected true or false",
                "lookalike: {alpha: best}        | [lookalike.alpha] is [best], expected a number from 0 to 1, or auto",
                "lookalike: {alpha: auto, beta: 1} | [lookalike.beta] is given, but [alpha] is auto, which chooses both",
                "lookalike: {alpha: 0.4}         | [lookalike] [alpha] 0.4 and [beta] 0.7 must be at most 1 together",
                "lookalike: {beta: 1.5}          | [lookalike.beta] is [1.5], expected a number from 0 to 1",
                "lookalike: {alpha: 0, beta: 0}  | [lookalike] [alpha] and [beta] must not both be 0",
                "lookalike: {cross_entropy_weight: 0, softmax_weight: 0} | [lookalike] [cross_entropy_weight] and",
                "lookalike: {rate: }             | [lookalike.rate] must be a text that is not empty",
                "representation: {heads: 9}      | [representation.heads] is [9], expected a whole number from 1 to 8",
                "representation: {merge: sum}    | [representation.merge] is [sum], expected one of [attention, concat]",
                "representation: {domains: [{name: a b, fields: [x]}]} | [representation.domains] a domain's [name]",
                "representation: {domains: [{name: a}]} | [representation.domains[0]] lacks the key [fields]",
                "seed: x                         | [seed] is [x], expected a whole number",
            })
    void whatWillNotDoIsToldWithFileLineKeyValueAndWhatWasExpected(String yaml, String message) throws IOException {
        Path file = file("# options\n" + yaml + "\n");
        String actual = assertThrows(YamlException.class, () -> TrainingFile.read(file, false))
                .getMessage();
        assertTrue(actual.startsWith(file + ":2: " + message), actual);
    }

    @Test
    void whatIsNoMappingOrNotThereIsTold() throws IOException {
        assertTrue(assertThrows(YamlException.class, () -> TrainingFile.read(file("- 3\n"), false))
                .getMessage()
                .endsWith("train.yaml:1: expected a mapping with the sections [representation] and [lookalike]"));
        Path nowhere = directory.resolve("none.yaml");
        assertTrue(assertThrows(YamlException.class, () -> TrainingFile.read(nowhere, false))
                .getMessage()
                .startsWith("cannot read [" + nowhere + "]"));
    }
}
