package org.opensearch.ralm.trainer.config;

import java.nio.file.Path;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.RepresentationOptions;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import org.opensearch.ralm.trainer.yaml.YamlException;
import org.opensearch.ralm.trainer.yaml.YamlNode;

/**
 * Reads how a model is trained from a YAML file; what the file does not say has the default, or the paper's value where
 * {@code paper: true} stands in it. Each option is called as in the documentation of the command line.
 */
public final class TrainingFile {

    private TrainingFile() {}

    /**
     * Reads a file.
     *
     * @param paper whether to start from the paper's values, whatever the file says
     * @throws YamlException if it cannot be read or an option will not do
     */
    public static TrainingOptions read(Path file, boolean paper) {
        YamlNode root = YamlNode.read(file, "the sections [representation] and [lookalike]")
                .keys("paper", "seed", "patience", "validate_batches", "representation", "lookalike");
        boolean papers = paper || root.optional("paper").map(YamlNode::bool).orElse(false);
        RepresentationOptions representation = papers ? RepresentationOptions.PAPER : RepresentationOptions.DEFAULT;
        LookalikeOptions lookalike = papers ? LookalikeOptions.PAPER : LookalikeOptions.DEFAULT;
        TrainingOptions defaults = TrainingOptions.DEFAULT;
        Setting top = new Setting(root);
        return new TrainingOptions(
                root.optional("representation")
                        .map(section -> RepresentationSection.read(section, representation))
                        .orElse(representation),
                root.optional("lookalike")
                        .map(section -> LookalikeSection.read(section, lookalike))
                        .orElse(lookalike),
                top.whole("patience", defaults.patience(), 1, 10_000),
                top.whole("validate_batches", defaults.validateBatches(), 1, Integer.MAX_VALUE),
                top.whole("seed", (int) defaults.seed(), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
}
