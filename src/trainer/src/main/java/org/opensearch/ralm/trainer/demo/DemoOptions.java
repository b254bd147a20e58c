package org.opensearch.ralm.trainer.demo;

import java.nio.file.Path;
import org.opensearch.ralm.trainer.training.TrainingOptions;

/**
 * What the demo is to do.
 *
 * @param directory where models, logs of the cluster and {@code summary.json} go
 * @param training how the models are trained
 * @param state where the cluster keeps its data and process ids
 * @param port HTTP port of the cluster; 0 for any free one
 * @param keep whether the cluster is left running
 */
public record DemoOptions(Path directory, TrainingOptions training, Path state, int port, boolean keep) {}
